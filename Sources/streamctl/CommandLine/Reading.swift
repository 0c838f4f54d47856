/// How one word of the command line becomes a value.
struct Reading<Value: Sendable>: Sendable {
    /// What to write, with examples; follows "write".
    let expects: String
    /// `nil` when the word is anything else.
    let parse: @Sendable (String) -> Value?

    func value(of text: String) throws(Misreading) -> Value {
        guard let value = parse(text) else { throw Misreading(text: text, expects: expects) }
        return value
    }

    func values(of texts: [String]) throws(Misreading) -> [Value] {
        var values: [Value] = []
        for text in texts { values.append(try value(of: text)) }
        return values
    }
}
