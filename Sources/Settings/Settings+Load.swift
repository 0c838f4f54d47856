extension Settings {
    /// Reads settings: defaults, then the file, then the overrides. Finds everything that is wrong at once.
    ///
    /// - Parameters:
    ///   - yaml: the file's bytes; none for no file.
    ///   - source: the file's name for the findings.
    ///   - overrides: `--set` arguments, `key.path=value`; of equal keys the last wins.
    ///   - environment: for `${VAR}` in the file.
    ///   - firstLine: the line of the file that `yaml` begins at; see ``yamlBlocks(inMarkdown:)``.
    package static func load(
        yaml: [UInt8], source: String, overrides: [String] = [], environment: [String: String] = [:],
        firstLine: Int = 1
    ) -> LoadedSettings {
        let document = YAMLDocument(parsing: yaml, source: source, firstLine: firstLine)
        var loader = SettingsLoader(source: source, environment: environment, findings: document.findings)
        if let root = document.root { loader.take(root) }
        for override in overrides { loader.take(override: override) }
        loader.checkRules()
        return loader.finish()
    }

    package static func load(
        yaml: String, source: String, overrides: [String] = [], environment: [String: String] = [:],
        firstLine: Int = 1
    ) -> LoadedSettings {
        load(
            yaml: Array(yaml.utf8), source: source, overrides: overrides, environment: environment,
            firstLine: firstLine)
    }
}
