extension Loaded {
    /// One value as it holds now.
    package struct Value: Equatable, Sendable {
        /// That of the key or, within a map, that of the entry.
        package var path: String
        /// As it would be written in a file, secrets masked.
        package var text: String
        /// Where it comes from: `default`, `config/freshet.yaml:12`, the same after the names of variables, or
        /// `--set`.
        package var origin: String
    }

    /// The values of a key: one, or for a map one per entry.
    package func values(of key: KeyRow<Subject>) -> [Value] {
        key.rows(settings).map { row in
            Value(path: row.path, text: row.text, origin: name(of: origins[row.path] ?? .standard))
        }
    }
}
