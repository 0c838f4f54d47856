import Testing

@testable import Telemetry

@Suite struct RFC3339Tests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (999, "1970-01-01T00:00:00.999Z"),
        (1_537_799_250_123, "2018-09-24T14:27:30.123Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (951_868_800_000, "2000-03-01T00:00:00.000Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (4_107_456_000_000, "2100-02-28T00:00:00.000Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func writesAndReadsTheSame(epochMs: Int64, text: String) {
        #expect(RFC3339.text(epochMs: epochMs) == text)
        #expect(RFC3339.epochMs(of: text) == epochMs)
    }

    /// Every eleven days or so over 400 years: each month, and leap years of every kind.
    @Test func everyMomentComesBack() {
        for epochMs in stride(from: Int64(-6_213_559_680_000), to: 6_400_000_000_000, by: 977_777_777) {
            #expect(RFC3339.epochMs(of: RFC3339.text(epochMs: epochMs)) == epochMs)
        }
    }

    @Test func theFarthestTimesDoNotTrap() {
        #expect(!RFC3339.text(epochMs: .max).isEmpty && !RFC3339.text(epochMs: .min).isEmpty)
    }

    @Test(
        arguments: [
            ("2018-09-24", 1_537_747_200_000), ("2018-09-24t14:27:30z", 1_537_799_250_000),
            ("2018-09-24 14:27", 1_537_799_220_000), ("2018-09-24T14:27:30.5Z", 1_537_799_250_500),
            ("2018-09-24T14:27:30.123999Z", 1_537_799_250_123),
            ("2018-09-24T16:27:30+02:00", 1_537_799_250_000),
            ("2018-09-24T09:57:30-04:30", 1_537_799_250_000), ("2016-12-31T23:59:60Z", 1_483_228_800_000),
            ("2018-02-29", nil), ("1900-02-29", nil), ("2018-13-01", nil), ("2018-00-10", nil),
            ("2018-04-31", nil),
            ("2018-01-00", nil), ("2018-09-24T24:00Z", nil), ("2018-09-24T12:60Z", nil),
            ("2018-09-24T12:00:61Z", nil),
            ("2018-09-24T", nil), ("2018-09-24T12", nil), ("2018-09-24T12:00:00.Z", nil),
            ("2018-09-24T12:00Zx", nil),
            ("2018-09-24T12:00+2", nil), ("2018-09-24T12:00+24:00", nil), ("2018-09-24Z", nil),
            (" 2018-09-24", nil),
            ("18-09-24", nil), ("+2018-09-24", nil), ("", nil), ("٢٠١٨-09-24", nil),
            ("2018-09-24T12:00:00\u{0}", nil),
        ] as [(String, Int64?)])
    func readsWhatPeopleWrite(text: String, expected: Int64?) {
        #expect(RFC3339.epochMs(of: text) == expected)
    }
}
