import Telemetry

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

/// A word that is not what was expected.
struct Misreading: Error, Equatable, Sendable {
    var text: String
    var expects: String

    /// The word as an error may show it: on one line, not long, and without the password of a URL.
    static func shown(_ text: String) -> String {
        let longest = 60
        let safe = printable(redacted(text))
        return "'\(safe.count <= longest ? safe : "\(safe.prefix(longest))…")'"
    }
}
