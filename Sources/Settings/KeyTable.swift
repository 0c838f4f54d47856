/// The table of keys, looked up by path.
enum KeyTable<Subject: KeyedSettings> {
    enum Row {
        /// One value; `name` is that within a map, else empty.
        case value(KeyRow<Subject>, name: String)
        case map(KeyRow<Subject>)
        /// The beginning of other keys' paths.
        case group
    }

    static func row(at path: String) -> Row? {
        let keys = Subject.keys
        if let key = keys.first(where: { $0.path == path }) {
            return key.isMap ? .map(key) : .value(key, name: "")
        }
        if let map = keys.first(where: { $0.isMap && path.hasPrefix("\($0.path).") }) {
            return .value(map, name: String(path.dropFirst(map.path.count + 1)))
        }
        return keys.contains { $0.path.hasPrefix("\(path).") } ? .group : nil
    }

    /// The names that may stand under a group, in order; the empty path is the top.
    static func children(of path: String) -> [String] {
        let prefix = path.isEmpty ? "" : "\(path)."
        var names: [String] = []
        for key in Subject.keys where key.path.hasPrefix(prefix) {
            let name = String(key.path.dropFirst(prefix.count).prefix { $0 != "." })
            if names.last != name { names.append(name) }
        }
        return names
    }

    /// What to do about a path that is not in the table: the key that was probably meant, or what there is.
    static func mend(forUnknown path: String) -> String {
        let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        // As far as the path is right, word for word; then the nearest word, and so on.
        var right = ""
        for part in parts {
            let names = children(of: right)
            guard let name = names.contains(part) ? part : nearest(part, among: names) else { break }
            right = right.isEmpty ? name : "\(right).\(name)"
        }
        if right.split(separator: ".").count == parts.count { return "Did you mean \(right)?" }
        let leaf = parts.last ?? path
        let namesakes = Subject.keys.map(\.path).filter { $0.hasSuffix(".\(leaf)") }
        if let namesake = namesakes.first
            ?? nearest(path, among: Subject.keys.map(\.path), within: max(1, leaf.count / 3))
        {
            return "Did you mean \(namesake)?"
        }
        let place = right.isEmpty ? "at the top" : "under \(right)"
        return "Remove it; the keys \(place) are \(children(of: right).joined(separator: ", "))."
    }
}
