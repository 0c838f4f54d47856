/// A number as people write it, without rounding: `1.5M` is 1,500,000. No signs, no exponents, no "inf".
struct Decimal: Equatable, Sendable {
    /// The digits without the point.
    private(set) var digits: UInt64
    /// How many of them stand behind the point; negative after a suffix made it larger.
    private(set) var places: Int

    /// `10`, `0.5`, `1_000_000`, and with a suffix `10k`, `1.5M`, `2G`; `nil` for all else and past 19 digits.
    init?(_ text: Substring, suffixes: Bool = false) {
        var text = text
        var zeros = 0
        if suffixes, let last = text.last, let power = ["k": 3, "K": 3, "M": 6, "G": 9][last] {
            text.removeLast()
            zeros = power
        }
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let isGrouped = halves[0].contains("_")
        guard halves.allSatisfy({ !$0.isEmpty }), !isGrouped || Self.isWellGrouped(halves[0]),
            let digits = UInt64(halves.joined().filter { $0 != "_" }),
            halves.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }),
            !halves.dropFirst().contains(where: { $0.contains("_") })
        else { return nil }
        self.digits = digits
        self.places = (halves.count == 2 ? halves[1].count : 0) - zeros
    }

    /// Times a whole number; `nil` when it does not fit.
    func wholeNumber(times factor: UInt64 = 1) -> Int64? {
        var (value, overflow) = digits.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        var left = places
        while left > 0 && value != 0 {
            guard value.isMultiple(of: 10) else { return nil }
            value /= 10
            left -= 1
        }
        while left < 0 && value != 0 {
            (value, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            left += 1
        }
        return Int64(exactly: value)
    }

    /// The nearest binary fraction.
    var number: Double {
        let power = (0..<abs(places)).reduce(1.0) { power, _ in power * 10 }
        return places < 0 ? Double(digits) * power : Double(digits) / power
    }

    /// Underscores between digits only.
    private static func isWellGrouped(_ text: Substring) -> Bool {
        text.split(separator: "_", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty }
    }
}
