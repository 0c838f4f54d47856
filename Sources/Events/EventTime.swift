/// Reads event times, in milliseconds since 1970-01-01T00:00:00Z, from numbers and from RFC 3339.
enum EventTime {
    /// Epoch seconds, milliseconds or microseconds: below 10¹¹, 10¹⁴ and 10¹⁷ in magnitude.
    ///
    /// Seconds thus reach to the year 5138, and milliseconds begin in March 1973. Microseconds are rounded
    /// down. `nil` for anything larger.
    static func epochMs(_ number: Int64) -> Int64? {
        switch number.magnitude {
        case ..<100_000_000_000: number * 1000
        case ..<100_000_000_000_000: number
        case ..<100_000_000_000_000_000: (number - (number < 0 ? 999 : 0)) / 1000
        default: nil
        }
    }

    /// The same for a number with a fraction or an exponent, rounded to the nearest millisecond.
    static func epochMs(_ number: Double) -> Int64? {
        let milliseconds: Double
        switch number.magnitude {
        case ..<1e11: milliseconds = number * 1000
        case ..<1e14: milliseconds = number
        case ..<1e17: milliseconds = number / 1000
        default: return nil
        }
        return Int64(milliseconds < 0 ? milliseconds - 0.5 : milliseconds + 0.5)
    }

    /// A `date-time` of RFC 3339, section 5.6: `2023-11-14T22:13:20.123Z` or with an offset like `+01:00`.
    ///
    /// The `T` and `Z` may be small and the `T` a space, as the RFC allows. Digits behind the milliseconds
    /// are dropped. A leap second (`23:59:60` in UTC) is the second after it, as in POSIX. `nil` for anything
    /// else.
    static func rfc3339Ms(_ text: UnsafeRawBufferPointer) -> Int64? {
        var reader = Reader(text: text)
        guard let year = reader.number(digits: 4), reader.take("-"),
            let month = reader.number(digits: 2), (1...12).contains(month), reader.take("-"),
            let day = reader.number(digits: 2), day >= 1, day <= days(inMonth: month, year: year),
            reader.take("T") || reader.take("t") || reader.take(" "),
            let hour = reader.number(digits: 2), hour <= 23, reader.take(":"),
            let minute = reader.number(digits: 2), minute <= 59, reader.take(":"),
            let second = reader.number(digits: 2), second <= 60,
            let fractionMs = reader.fractionMs(), let offsetMinutes = reader.offsetMinutes(), reader.isAtEnd
        else { return nil }
        let minutes =
            (daysSinceEpoch(year: year, month: month, day: day) * 24 + hour) * 60 + minute - offsetMinutes
        if second == 60, (minutes % 1440 + 1440) % 1440 != 1439 { return nil }
        return Int64((minutes * 60 + second) * 1000 + fractionMs)
    }

    private static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar, for years from 0: years are counted from March, so
    /// that the leap day is the last of its year, and 400 of them are 146,097 days.
    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let shifted = year + 400 - (month <= 2 ? 1 : 0)  // One era later, so that nothing is negative.
        let (era, yearOfEra) = shifted.quotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era - 1) * 146_097 + dayOfEra - 719_468
    }
}

/// Reads the parts of a date from the front of a text.
private struct Reader {
    let text: UnsafeRawBufferPointer
    var at = 0

    var isAtEnd: Bool { at == text.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard at < text.count, text[at] == UInt8(ascii: character) else { return false }
        at += 1
        return true
    }

    mutating func digit() -> Int? {
        guard at < text.count, (0x30...0x39).contains(text[at]) else { return nil }
        at += 1
        return Int(text[at - 1]) - 0x30
    }

    mutating func number(digits: Int) -> Int? {
        var number = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    /// Nothing, or a point and one digit or more.
    mutating func fractionMs() -> Int? {
        guard take(".") else { return 0 }
        guard var fraction = digit().map({ $0 * 100 }) else { return nil }
        var weight = 10
        while let digit = digit() {
            fraction += digit * weight
            weight /= 10
        }
        return fraction
    }

    mutating func offsetMinutes() -> Int? {
        if take("Z") || take("z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-"), let hours = number(digits: 2), hours <= 23, take(":"),
            let minutes = number(digits: 2), minutes <= 59
        else { return nil }
        return (isEast ? 1 : -1) * (hours * 60 + minutes)
    }
}
