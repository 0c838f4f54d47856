extension Scenario {
    /// `settings`: what the processor under test is told beside the settings that hold for all scenarios.
    package struct ProcessorSettings: Equatable, Sendable {
        fileprivate var values: [String: String] = [:]

        /// `key.path=value`, in the order of their keys.
        package var assignments: [String] {
            values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        }
    }
}

extension Scenario.ProcessorSettings {
    static let keys = [
        KeyRow<Scenario>(
            settingsAt: "settings",
            "Settings of Freshet for this scenario, such as window.dedupe_seconds, by their whole names.")
    ]
}

extension KeyRow where Subject == Scenario {
    /// A map of keys of `Settings`, each checked as it would be in a file of its own.
    fileprivate init(settingsAt path: String, _ reason: String) {
        self.path = path
        unit = ""
        range = "keys of Freshet"
        standard = "{}"
        self.reason = reason
        mend = "Write a key's whole name with its dots, and one value."
        isMap = true
        isList = false
        write = { (scenario, name, text) throws(Fault) in
            // What only several of them together can break is a rule of the scenario.
            var loader = SettingsLoader<Settings>(source: "", environment: [:], findings: [])
            loader.take(override: "\(name)=\(text)")
            if let finding = loader.finish().findings.first {
                throw Fault(finding.problem, mend: finding.mend)
            }
            scenario.settings.values[name] = text
        }
        rows = { scenario in
            let pairs = scenario.settings.values.sorted { $0.key < $1.key }
            return pairs.isEmpty ? [(path, "{}")] : pairs.map { ("\(path).\($0.key)", $0.value) }
        }
    }
}
