/// How the value of a key is written: from text, to text, and in words.
protocol Notation: Sendable {
    associatedtype Value: Sendable

    /// What the key takes, in words that follow "Write": "a whole number from 1 to 200".
    var expectation: String { get }
    /// The same for a column of a table: "1…200".
    var range: String { get }

    /// Whether it may also stand as a list in YAML.
    var isList: Bool { get }

    func read(_ text: String) throws(Fault) -> Value
    /// The value as it would be written in a file, with every secret masked.
    func show(_ value: Value) -> String
}

extension Notation {
    var isList: Bool { false }
}

extension Notation where Value == String {
    func show(_ value: String) -> String { value }
}
