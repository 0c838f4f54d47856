/// A finite number, with or without a fraction or an exponent.
struct DecimalNumber: Notation {
    let limits: ClosedRange<Float>

    init(_ limits: ClosedRange<Float>) {
        self.limits = limits
    }

    var expectation: String { "a number from \(show(limits.lowerBound)) to \(show(limits.upperBound))" }
    var range: String { "\(show(limits.lowerBound))…\(show(limits.upperBound))" }

    func read(_ text: String) throws(Fault) -> Float {
        guard text.allSatisfy({ "0123456789+-.eE".contains($0) }), let number = Float(text) else {
            throw Fault("is \(quoted(text)), which is not a number")
        }
        guard limits.contains(number) else { throw Fault("is \(quoted(text)), which is out of range") }
        return number
    }

    func show(_ value: Float) -> String {
        let text = "\(value)"
        guard text.hasSuffix(".0"), let whole = Int(text.dropLast(2)) else { return text }
        return WholeNumber.grouped(whole)
    }
}
