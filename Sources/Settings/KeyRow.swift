/// One row of the table of keys: what the parser, the lint and `config --explain` know about a setting.
package struct KeyRow<Subject: KeyedSettings>: Sendable {
    /// With dots: `window.lateness_seconds`.
    package let path: String
    /// What the number counts; empty where there is nothing to count.
    package let unit: String
    /// Which values it takes, short enough for a column.
    package let range: String
    /// The value where nobody says anything, as it would be written in a file.
    package let standard: String
    /// One line: what it is for, and what to weigh when changing it.
    package let reason: String
    /// What to do about a value that it does not take, in a whole sentence.
    let mend: String
    /// A map of free names: what follows the path and a dot is a name in it.
    let isMap: Bool
    /// Whether the value may be a list in YAML.
    let isList: Bool
    /// Sets the value; the name is that within a map, else empty.
    let write: @Sendable (_ settings: inout Subject, _ name: String, _ text: String) throws(Fault) -> Void
    /// The paths and values that it has now, secrets masked: one, or for a map one per entry.
    let rows: @Sendable (Subject) -> [(path: String, text: String)]

    /// A key with one value; its default is what a fresh subject holds.
    init<Form: Notation>(
        _ path: String, _ place: any WritableKeyPath<Subject, Form.Value> & Sendable, _ notation: Form,
        unit: String = "", _ reason: String
    ) {
        let standard = notation.show(Subject()[keyPath: place])
        let measure = unit.isEmpty ? "" : " (\(unit))"
        let mend = "Write \(notation.expectation)\(measure); the default is \(standard)."
        self.path = path
        self.unit = unit
        self.range = notation.range
        self.standard = standard
        self.reason = reason
        self.mend = mend
        isMap = false
        isList = notation.isList
        write = { (settings, _, text) throws(Fault) in
            do throws(Fault) {
                settings[keyPath: place] = try notation.read(text)
            } catch {
                throw Fault(error.problem, mend: error.mend ?? mend)
            }
        }
        rows = { [(path, notation.show($0[keyPath: place]))] }
    }

}

/// A row of the table of `config/freshet.yaml`.
package typealias Key = KeyRow<Settings>

extension KeyRow where Subject == Settings {
    /// A map of free names, empty by default.
    init(
        mapAt path: String, _ place: any WritableKeyPath<Settings, KafkaProperties> & Sendable, range: String,
        _ reason: String
    ) {
        self.path = path
        unit = ""
        self.range = range
        standard = "{}"
        self.reason = reason
        mend = "Write the native name with its dots, and one value."
        isMap = true
        isList = false
        write = { (settings, name, text) throws(Fault) in
            settings[keyPath: place][name] = try PropertyValue(name: name).read(text)
        }
        rows = { settings in
            let pairs = settings[keyPath: place].maskedPairs
            return pairs.isEmpty ? [(path, "{}")] : pairs.map { ("\(path).\($0.name)", $0.value) }
        }
    }
}
