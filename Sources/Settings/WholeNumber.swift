/// Decimal digits, which underscores may group; no hexadecimal, no exponent, and no leading zero, which YAML
/// 1.1 would read as octal.
struct WholeNumber: Notation {
    let limits: ClosedRange<Int>
    let step: Int

    init(_ limits: ClosedRange<Int>, multipleOf step: Int = 1) {
        self.limits = limits
        self.step = step
    }

    var expectation: String {
        let multiple = step == 1 ? "" : ", a multiple of \(step)"
        return "a whole number from \(show(limits.lowerBound)) to \(show(limits.upperBound))\(multiple)"
    }

    var range: String {
        "\(show(limits.lowerBound))…\(show(limits.upperBound))\(step == 1 ? "" : ", multiple of \(step)")"
    }

    func read(_ text: String) throws(Fault) -> Int {
        guard let digits = Self.digits(in: text) else {
            throw Fault("is \(quoted(text)), which is not a whole number")
        }
        guard let number = Int(digits) else { throw Fault("is \(quoted(text)), which is out of range") }
        guard limits.contains(number) else { throw Fault("is \(show(number)), which is out of range") }
        guard number % step == 0 else {
            throw Fault("is \(show(number)), which is not a multiple of \(step)")
        }
        return number
    }

    func show(_ value: Int) -> String { Self.grouped(value) }

    /// The number with its digits in groups of three from 10_000 on.
    static func grouped(_ number: Int) -> String {
        let digits = String(number.magnitude)
        guard digits.count > 4 else { return String(number) }
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append("_") }
            text.append(digit)
        }
        return text
    }

    /// The digits with their sign and without underscores, if the text is a whole number of any size.
    static func digits(in text: String) -> String? {
        let groups = text.drop { $0 == "-" }.split(separator: "_", omittingEmptySubsequences: false)
        let isNegative = text.hasPrefix("-")
        guard !text.hasPrefix("--"), groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) else {
            return nil
        }
        let digits = groups.joined()
        guard digits == "0" || !digits.hasPrefix("0") else { return nil }
        return (isNegative ? "-" : "") + digits
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
