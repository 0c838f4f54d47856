/// Moments as text and back: RFC 3339 in UTC, to the millisecond, without `Foundation`.
///
/// Days are turned into dates by the era arithmetic of Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms" (2013): years begin in March, so that the leap day is the last of its year, and 400 years are one
/// era of 146,097 days.
package enum RFC3339 {
    /// `2018-09-24T14:27:30.123Z` for 1,537,799,250,123.
    package static func text(epochMs: Int64) -> String {
        let (days, msOfDay) = floored(epochMs, by: 86_400_000)
        let (year, month, day) = date(ofDay: days)
        let (secondOfDay, ms) = (msOfDay / 1000, msOfDay % 1000)
        let clock = [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map { padded($0, 2) }
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        return "\(date)T\(clock.joined(separator: ":")).\(padded(ms, 3))Z"
    }

    /// Reads `2018-09-24`, which is midnight UTC, or a date and a time: `2018-09-24T14:27:30.123+02:00`.
    ///
    /// More lenient than the RFC where people are: a blank for the `T`, seconds left out, and no zone, which is
    /// UTC. Digits past the millisecond are cut. `nil` for anything else, and for days that do not exist.
    package static func epochMs(of text: String) -> Int64? {
        var rest = text.utf8[...]
        guard let year = number(&rest, digits: 4), skip(&rest, "-"),
            let month = number(&rest, digits: 2), skip(&rest, "-"),
            let day = number(&rest, digits: 2),
            (1...12).contains(month), (1...daysInMonth(month, of: year)).contains(day)
        else { return nil }
        let midnightMs = dayNumber(year: year, month: month, day: day) * 86_400_000
        if rest.isEmpty { return midnightMs }

        guard skip(&rest, "T") || skip(&rest, "t") || skip(&rest, " "),
            let hour = number(&rest, digits: 2), (0...23).contains(hour), skip(&rest, ":"),
            let minute = number(&rest, digits: 2), (0...59).contains(minute)
        else { return nil }
        var secondMs: Int64 = 0
        if skip(&rest, ":") {
            // 60 is a leap second, which epoch time counts as the first of the next minute.
            guard let second = number(&rest, digits: 2), (0...60).contains(second),
                let fractionMs = fraction(&rest)
            else { return nil }
            secondMs = second * 1000 + fractionMs
        }
        guard let zoneMinutes = zone(&rest), rest.isEmpty else { return nil }
        return midnightMs + (hour * 60 + minute - zoneMinutes) * 60_000 + secondMs
    }

    // MARK: Calendar

    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floored(day + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
        let (era, yearOfEra) = floored(month <= 2 ? year - 1 : year, by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Division that rounds towards the past, so that the remainder is never negative.
    private static func floored(_ value: Int64, by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    // MARK: Reading and writing digits

    private static func padded(_ value: Int64, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    private static func number(_ rest: inout Substring.UTF8View, digits: Int) -> Int64? {
        let head = rest.prefix(digits)
        guard head.count == digits, head.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest.removeFirst(digits)
        return head.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    private static func skip(_ rest: inout Substring.UTF8View, _ scalar: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == scalar.value else { return false }
        rest.removeFirst()
        return true
    }

    /// `.123456` as 123 ms; 0 where there is no point; `nil` for a point without digits.
    private static func fraction(_ rest: inout Substring.UTF8View) -> Int64? {
        guard skip(&rest, ".") else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest.removeFirst(digits.count)
        let ms = digits.prefix(3).reduce(Int64(0)) { $0 * 10 + Int64($1 - 0x30) }
        return [100, 10, 1][min(digits.count, 3) - 1] * ms
    }

    /// Minutes east of UTC.
    private static func zone(_ rest: inout Substring.UTF8View) -> Int64? {
        if rest.isEmpty || skip(&rest, "Z") || skip(&rest, "z") { return 0 }
        let isEast = skip(&rest, "+")
        guard isEast || skip(&rest, "-"), let hours = number(&rest, digits: 2), (0...23).contains(hours),
            skip(&rest, ":"), let minutes = number(&rest, digits: 2), (0...59).contains(minutes)
        else { return nil }
        return (isEast ? 1 : -1) * (hours * 60 + minutes)
    }
}
