/// A moment as rating files write it: epoch seconds, milliseconds or microseconds, or RFC 3339, where the zone may be
/// missing and stands for UTC then, as may the time of day, for midnight.
///
/// The magnitude tells the unit: below 10¹¹ seconds, below 10¹⁴ milliseconds, below 10¹⁷ microseconds. Moments
/// outside the years 1990 to 2099 are refused; within them the three never overlap, and the milliseconds that a
/// row is published with read back as milliseconds.
enum TimestampField {
    /// From 1990-01-01T00:00:00Z up to, not including, 2100-01-01T00:00:00Z, in milliseconds.
    static let range: Range<Int64> = 631_152_000_000..<4_102_444_800_000

    /// Epoch milliseconds; fractions of one are rounded, for microseconds cut off.
    static func parse(_ text: UnsafeBufferPointer<UInt8>) throws(RowFault) -> Int64 {
        if let number = DecimalField.integer(text) { return try milliseconds(number) }
        if let number = DecimalField.double(text) {
            guard number >= 0, number < 1e17 else { throw .timestampOutOfRange }
            let unit = number < 1e11 ? 1000 : number < 1e14 ? 1 : 0.001
            return try inRange(Int64((number * unit).rounded()))
        }
        guard let moment = rfc3339(text) else { throw .timestampNotATime }
        return try inRange(moment)
    }

    static func milliseconds(_ number: Int64) throws(RowFault) -> Int64 {
        if number < 100_000_000_000 { return try inRange(number * 1000) }
        if number < 100_000_000_000_000 { return try inRange(number) }
        return try inRange(number / 1000)
    }

    private static func inRange(_ milliseconds: Int64) throws(RowFault) -> Int64 {
        guard range.contains(milliseconds) else { throw .timestampOutOfRange }
        return milliseconds
    }

    /// `2009-02-13T23:31:30.5+01:00`; a space may stand for the T, and both letters may be small. A leap second
    /// is the first second of the next minute. `2009-02-13`, `2009-02-13 23:31:30` and `2009-02-13 23:31:30 UTC` are what
    /// pandas and databases write.
    private static func rfc3339(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var rest = Slice(base: text, bounds: 0..<text.count)
        func number(_ count: Int, _ bounds: ClosedRange<Int64>) -> Int64? {
            guard let value = DecimalField.integer(UnsafeBufferPointer(rebasing: rest.prefix(count))),
                rest.count >= count, bounds.contains(value)
            else { return nil }
            rest = rest.dropFirst(count)
            return value
        }
        func mark(_ allowed: String) -> UInt8? {
            guard let byte = rest.first, allowed.utf8.contains(byte) else { return nil }
            rest = rest.dropFirst()
            return byte
        }
        guard let year = number(4, 0...9999), mark("-") != nil, let month = number(2, 1...12),
            mark("-") != nil,
            let day = number(2, 1...daysIn(month, of: year))
        else { return nil }
        let midnight = daysSinceEpoch(year, month, day) * 86_400_000
        if rest.isEmpty { return midnight }
        guard mark("Tt ") != nil, let hour = number(2, 0...23), mark(":") != nil,
            let minute = number(2, 0...59), mark(":") != nil,
            let second = number(2, 0...60)
        else { return nil }
        var fraction: Int64 = 0
        if mark(".") != nil {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty else { return nil }
            for place in 0..<3 {
                fraction =
                    fraction * 10
                    + (place < digits.count ? Int64(digits[digits.startIndex + place] - 0x30) : 0)
            }
            rest = rest.dropFirst(digits.count)
        }
        var offset: Int64 = 0
        if rest.elementsEqual(" UTC".utf8) { rest = rest.suffix(0) }
        let zone = rest.isEmpty ? UInt8(ascii: "Z") : mark("Zz+-")
        guard let zone else { return nil }
        if zone == UInt8(ascii: "+") || zone == UInt8(ascii: "-") {
            guard let hours = number(2, 0...23), mark(":") != nil, let minutes = number(2, 0...59) else {
                return nil
            }
            offset = (hours * 60 + minutes) * (zone == UInt8(ascii: "+") ? 60 : -60)
        }
        guard rest.isEmpty else { return nil }
        let seconds = (hour * 60 + minute) * 60 + second - offset
        return midnight + seconds * 1000 + fraction
    }

    private static func daysIn(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from 1970-01-01 in the proleptic Gregorian calendar: the year is taken to begin in March, so that the
    /// leap day is its last and the months before a date have (153 m + 2) / 5 days.
    private static func daysSinceEpoch(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = (month + 9) % 12
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        return marchYear * 365 + leapDays + (153 * marchMonth + 2) / 5 + day - 1 - 719_468
    }
}
