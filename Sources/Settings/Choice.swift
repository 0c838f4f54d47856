/// One of the names of an enumeration.
struct Choice<Value: RawRepresentable<String> & CaseIterable & Sendable>: Notation {
    private var names: [String] { Value.allCases.map(\.rawValue) }

    var expectation: String { "one of \(range)" }
    var range: String { names.joined(separator: ", ") }

    func read(_ text: String) throws(Fault) -> Value {
        if let value = Value(rawValue: text) { return value }
        let guess = nearest(text, among: names).map { "Did you mean \($0)?" }
        throw Fault("is \(quoted(text)), which it does not know", mend: guess)
    }

    func show(_ value: Value) -> String { value.rawValue }
}
