/// Something that a command takes, and the type it is read as: `Parameter<Int?>` may be left out,
/// `Parameter<[String]>` may be repeated, `Parameter<Bool>` is a flag.
///
/// Declared once as a constant; the same constant asks for the value: `arguments[ReplayCommand.limit]`.
struct Parameter<Value: Sendable>: DeclaredParameter {
    let form: ParameterForm
    private let read: @Sendable ([String]) throws(Misreading) -> Value

    func value(of texts: [String]) throws(Misreading) -> any Sendable {
        try read(texts)
    }
}

extension Parameter {
    /// An option that may be left out.
    static func option<Element>(
        _ name: String, short: Character? = nil, _ valueName: String, as reading: Reading<Element>,
        _ help: String
    ) -> Self where Value == Element? {
        let form = ParameterForm(
            kind: .option, name: name, short: short, valueName: valueName, help: help, occurs: 0...1)
        return Self(form: form) { (texts) throws(Misreading) in try reading.values(of: texts).first }
    }

    /// An option that has a value even when it is left out. The default is text, read like any other.
    static func option(
        _ name: String, short: Character? = nil, _ valueName: String, as reading: Reading<Value>,
        default defaultText: String, _ help: String
    ) -> Self {
        let form = ParameterForm(
            kind: .option, name: name, short: short, valueName: valueName, help: help, occurs: 0...1,
            defaultText: defaultText)
        return Self(form: form) { (texts) throws(Misreading) in
            try reading.value(of: texts.first ?? defaultText)
        }
    }

    /// An option that must be given.
    static func required(
        _ name: String, short: Character? = nil, _ valueName: String, as reading: Reading<Value>,
        _ help: String
    ) -> Self {
        let form = ParameterForm(
            kind: .option, name: name, short: short, valueName: valueName, help: help, occurs: 1...1)
        return Self(form: form) { (texts) throws(Misreading) in try reading.value(of: texts[0]) }
    }

    /// An option that may be given any number of times.
    static func repeated<Element>(
        _ name: String, short: Character? = nil, _ valueName: String, as reading: Reading<Element>,
        _ help: String
    ) -> Self where Value == [Element] {
        let form = ParameterForm(
            kind: .option, name: name, short: short, valueName: valueName, help: help, occurs: 0...Int.max)
        return Self(form: form) { (texts) throws(Misreading) in try reading.values(of: texts) }
    }

    /// An operand that must be given.
    static func operand(_ name: String, as reading: Reading<Value>, _ help: String) -> Self {
        let form = ParameterForm(kind: .operand, name: name, help: help, occurs: 1...1)
        return Self(form: form) { (texts) throws(Misreading) in try reading.value(of: texts[0]) }
    }

    /// An operand that may be left out.
    static func optionalOperand<Element>(
        _ name: String, as reading: Reading<Element>, _ help: String
    ) -> Self where Value == Element? {
        let form = ParameterForm(kind: .operand, name: name, help: help, occurs: 0...1)
        return Self(form: form) { (texts) throws(Misreading) in try reading.values(of: texts).first }
    }

    /// The last operand, which takes all words that are left.
    static func operands<Element>(
        _ name: String, atLeast least: Int, as reading: Reading<Element>, _ help: String
    ) -> Self where Value == [Element] {
        let form = ParameterForm(kind: .operand, name: name, help: help, occurs: least...Int.max)
        return Self(form: form) { (texts) throws(Misreading) in try reading.values(of: texts) }
    }
}

extension Parameter<Bool> {
    /// A flag: true when it is given.
    static func flag(_ name: String, short: Character? = nil, _ help: String) -> Self {
        let form = ParameterForm(kind: .flag, name: name, short: short, help: help, occurs: 0...Int.max)
        return Self(form: form) { (texts) throws(Misreading) in !texts.isEmpty }
    }
}
