/// Settings with what is wrong about them and where each value came from.
package struct Loaded<Subject: KeyedSettings>: Equatable, Sendable {
    /// Where a value is in `findings`, the default stands in its place.
    package let settings: Subject
    /// By line, then overrides; at most about `Finding.countMax`.
    package let findings: [Finding]
    /// By path; a key that is not here has its default.
    package let origins: [String: Origin]
    /// The name of the file.
    package let source: String

    /// Whether a program may run with them.
    package var isUsable: Bool { !findings.contains { $0.level == .error } }
}

/// What `config/freshet.yaml` and overrides came to.
package typealias LoadedSettings = Loaded<Settings>
