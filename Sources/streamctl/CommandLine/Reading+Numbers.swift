extension Reading<Int> {
    /// A whole number within bounds: `8`.
    static func number(in bounds: ClosedRange<Int>) -> Self {
        Self(expects: "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)") { text in
            guard let value = Decimal(text[...])?.wholeNumber(), let number = Int(exactly: value) else {
                return nil
            }
            return bounds.contains(number) ? number : nil
        }
    }

    /// How many of something, at least one: `500`, `10k`, `1.5M`.
    static let count = Self(expects: "a whole number of 1 or more, such as 500, 10k or 1.5M") { text in
        guard let value = Decimal(text[...], suffixes: true)?.wholeNumber(), value > 0 else { return nil }
        return Int(exactly: value)
    }
}

extension Reading<Double> {
    /// How many a second: `5000/s`, `5k/s`, `0.5`, `90/m`, `100/h`.
    static let perSecond = Self(expects: "a rate such as 5000/s, 5k/s or 30/m") { text in
        let halves = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let seconds: [Substring: Double] = ["s": 1, "m": 60, "h": 3600]
        guard let first = halves.first, let amount = Decimal(first, suffixes: true)?.number, amount > 0,
            let unit = halves.count == 2 ? seconds[halves[1]] : 1
        else { return nil }
        return amount / unit
    }

    /// How many times faster than it happened: `100x`, `0.5x`, `100`.
    static let speed = Self(expects: "a factor such as 100x, 1x or 0.5x") { text in
        let number = text.hasSuffix("x") ? text.dropLast() : text[...]
        guard let factor = Decimal(number)?.number, factor > 0 else { return nil }
        return factor
    }
}
