/// Settings that a table of keys describes: what a file, an override, the lint and an explanation know of them.
package protocol KeyedSettings: Equatable, Sendable {
    /// The defaults.
    init()
    /// In the order in which a file should have them; those of one group stand together.
    static var keys: [KeyRow<Self>] { get }
    /// What only several keys together can break.
    static var rules: [KeyRule<Self>] { get }
    /// The option of a command that overrides one of them, for messages.
    static var overrideOption: String { get }
}

extension KeyedSettings {
    /// Reads settings: defaults, then the file, then the overrides. Finds everything that is wrong at once.
    ///
    /// - Parameters:
    ///   - yaml: the file's bytes; none for no file.
    ///   - source: the file's name for the findings.
    ///   - overrides: `key.path=value`, as from the command line; of equal keys the last wins.
    ///   - environment: for `${VAR}` in the file.
    ///   - firstLine: the line of the file that `yaml` begins at; see ``yamlBlocks(inMarkdown:)``.
    package static func load(
        yaml: [UInt8], source: String, overrides: [String] = [], environment: [String: String] = [:],
        firstLine: Int = 1
    ) -> Loaded<Self> {
        let document = YAMLDocument(parsing: yaml, source: source, firstLine: firstLine)
        var loader = SettingsLoader<Self>(
            source: source, environment: environment, findings: document.findings)
        if let root = document.root { loader.take(root) }
        for override in overrides { loader.take(override: override) }
        loader.checkRules()
        return loader.finish()
    }

    package static func load(
        yaml: String, source: String, overrides: [String] = [], environment: [String: String] = [:],
        firstLine: Int = 1
    ) -> Loaded<Self> {
        load(
            yaml: Array(yaml.utf8), source: source, overrides: overrides, environment: environment,
            firstLine: firstLine)
    }

    /// The names at the top of a file.
    package static var groups: [String] { KeyTable<Self>.children(of: "") }
}
