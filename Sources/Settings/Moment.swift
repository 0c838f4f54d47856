/// A moment of RFC 3339 in whole seconds, or a day, which means its first moment in UTC; from 1970 to 9999,
/// kept as epoch milliseconds.
struct Moment: Notation {
    let expectation = "a day or a moment from 1970 on, such as 2024-02-29 or 2024-02-29T18:30:00Z"
    let range = "1970-01-01…9999-12-31"

    func read(_ text: String) throws(Fault) -> Int64 {
        let fault = Fault("is \(quoted(text)), which is not a moment of time")
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, let date = Self.numbers(in: bytes[..<10], like: "0000-00-00"),
            let daySeconds = Self.secondsOfDay(bytes[10...])
        else { throw fault }
        let days = Self.days(year: date[0], month: date[1], day: date[2])
        // 30 February would come out as a day of March: only days that exist survive the way back.
        guard (1970...9999).contains(date[0]), (1...12).contains(date[1]), Self.date(days: days) == date
        else {
            throw fault
        }
        let seconds = days * 86_400 + daySeconds
        guard seconds >= 0 else { throw fault }
        return Int64(seconds) * 1000
    }

    func show(_ value: Int64) -> String {
        let seconds = Int(value / 1000)
        let date = Self.date(days: seconds / 86_400)
        let time = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60]
        func join(_ numbers: [Int], _ separator: String) -> String {
            numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: separator)
        }
        return "\(join(date, "-"))T\(join(time, ":"))Z"
    }

    /// Seconds after midnight in UTC, from `Thh:mm:ssZ` or `Thh:mm:ss±hh:mm`; none of it means midnight.
    private static func secondsOfDay(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard !bytes.isEmpty else { return 0 }
        guard let time = numbers(in: bytes.prefix(9), like: "T00:00:00"), time[0] < 24, time[1] < 60,
            time[2] < 60
        else { return nil }
        let seconds = time[0] * 3600 + time[1] * 60 + time[2]
        let zone = bytes.dropFirst(9)
        if zone.elementsEqual("Z".utf8) { return seconds }
        for (form, sign) in [("+00:00", -1), ("-00:00", 1)] {
            guard let offset = numbers(in: zone, like: form), offset[0] < 24, offset[1] < 60 else { continue }
            return seconds + sign * (offset[0] * 3600 + offset[1] * 60)
        }
        return nil
    }

    /// The numbers that stand where the form has zeros, if everything else is as in the form.
    private static func numbers(in bytes: ArraySlice<UInt8>, like form: String) -> [Int]? {
        guard bytes.count == form.utf8.count else { return nil }
        var numbers: [Int] = []
        var isInNumber = false
        for (byte, wanted) in zip(bytes, form.utf8) {
            if wanted == UInt8(ascii: "0") {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                let digit = Int(byte - UInt8(ascii: "0"))
                if isInNumber {
                    numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + digit
                } else {
                    numbers.append(digit)
                }
            } else if byte != wanted {
                return nil
            }
            isInNumber = wanted == UInt8(ascii: "0")
        }
        return numbers
    }

    /// Days since 1970-01-01 in the Gregorian calendar. Years are counted from March, so that the leap day is
    /// their last and months have a regular beat.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400
        return 365 * marchYear + leapDays + ((month + 9) % 12 * 306 + 5) / 10 + day - 1 - 719_468
    }

    /// Year, month and day: the last year, and in it the last month, that begins no later.
    private static func date(days wanted: Int) -> [Int] {
        var year = 1970 + wanted / 366
        while days(year: year + 1, month: 1, day: 1) <= wanted { year += 1 }
        var month = 12
        while days(year: year, month: month, day: 1) > wanted { month -= 1 }
        return [year, month, wanted - days(year: year, month: month, day: 1) + 1]
    }
}
