import Telemetry

extension Reading<Int64> {
    /// A moment in epoch milliseconds: `2018-09-24` (midnight UTC), RFC 3339, or epoch seconds, milliseconds or
    /// microseconds by magnitude. Numbers of fewer than nine digits are refused: `2018` and `20180924` are dates
    /// to whoever writes them.
    static let time = Self(expects: "a time such as 2018-09-24, 2018-09-24T14:30:00Z or epoch seconds") {
        text in
        if let ms = RFC3339.epochMs(of: text) { return ms }
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text) else {
            return nil
        }
        switch text.utf8.count {
        case 9...11: return number * 1000
        case 12...14: return number
        case 15...17: return number / 1000
        default: return nil
        }
    }

    /// A span of time in milliseconds, with its units: `500ms`, `30s`, `1h30m`, `7d`.
    static let duration = Self(expects: "a span of time with its unit: 500ms, 30s, 5m, 1h30m or 7d") { text in
        let unitMs: [Substring: UInt64] = [
            "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
        ]
        var rest = text[...]
        var sum: Int64 = 0
        while !rest.isEmpty {
            let amount = rest.prefix { !$0.isLetter }
            rest.removeFirst(amount.count)
            let unit = rest.prefix { $0.isLetter }
            rest.removeFirst(unit.count)
            guard let factor = unitMs[unit], let ms = Decimal(amount)?.wholeNumber(times: factor) else {
                return nil
            }
            let (longer, overflow) = sum.addingReportingOverflow(ms)
            guard !overflow else { return nil }
            sum = longer
        }
        return sum > 0 ? sum : nil
    }
}

extension Reading<StartOffset> {
    static let startOffset = Self(expects: "earliest, latest, ts=2018-09-24T14:30:00Z or last=1h") { text in
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
            String.init)
        switch (halves[0], halves.count) {
        case ("earliest", 1): return .earliest
        case ("latest", 1): return .latest
        case ("ts", 2): return Reading<Int64>.time.parse(halves[1]).map { .at(epochMs: $0) }
        case ("last", 2): return Reading<Int64>.duration.parse(halves[1]).map { .last(ms: $0) }
        default: return nil
        }
    }
}
