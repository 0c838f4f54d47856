import Testing

@testable import streamctl

@Suite struct ReadingTests {
    @Test(
        arguments: [
            ("1", 1), ("500", 500), ("10k", 10_000), ("10K", 10_000), ("1.5M", 1_500_000),
            ("2G", 2_000_000_000),
            ("0.001k", 1), ("1_000_000", 1_000_000), ("007", 7), ("1.0", 1), ("9223372036854775807", Int.max),
            ("1.10k", 1100), ("0", nil), ("0k", nil), ("-1", nil), ("+1", nil), ("1.5", nil),
            ("0.0001k", nil), ("", nil),
            ("k", nil), (".5k", nil), ("5.k", nil), ("1e3", nil), ("0x10", nil), ("1,000", nil),
            ("1 000", nil), (" 1", nil),
            ("1__0", nil), ("_1", nil), ("1_", nil), ("1._5k", nil), ("1.2.3k", nil), ("10kk", nil),
            ("10m", nil),
            ("9223372036854775808", nil), ("99999999999999999999", nil), ("99999999999G", nil), ("inf", nil),
            ("nan", nil),
            ("١٢", nil), ("１", nil), ("1\u{301}", nil), ("0.0000000000000000000000001", nil),
        ] as [(String, Int?)])
    func counts(text: String, expected: Int?) {
        #expect(Reading<Int>.count.parse(text) == expected)
    }

    @Test(
        arguments: [("1", 1), ("64", 64), ("0", nil), ("65", nil), ("4k", nil), ("4.0", 4), ("-4", nil)]
            as [(String, Int?)])
    func numbersInBounds(text: String, expected: Int?) {
        #expect(Reading<Int>.number(in: 1...64).parse(text) == expected)
    }

    @Test(
        arguments: [
            ("5000/s", 5000), ("5k/s", 5000), ("1.5M/s", 1_500_000), ("250", 250), ("0.5/s", 0.5),
            ("90/m", 1.5),
            ("7200/h", 2), ("0/s", nil), ("0", nil), ("-5/s", nil), ("5/", nil), ("/s", nil), ("", nil),
            ("5/s/s", nil), ("5/d", nil),
            ("5 /s", nil), ("inf", nil), ("nan/s", nil), ("5s", nil), ("1e9", nil),
        ] as [(String, Double?)])
    func rates(text: String, expected: Double?) {
        #expect(Reading<Double>.perSecond.parse(text) == expected)
    }

    @Test(
        arguments: [
            ("100x", 100), ("100", 100), ("0.5x", 0.5), ("1x", 1), ("0x", nil), ("0.0x", nil), ("x", nil),
            ("", nil), ("-1x", nil),
            ("1xx", nil), ("0x10", nil), ("10X", nil), ("inf", nil), ("infx", nil),
        ] as [(String, Double?)])
    func speeds(text: String, expected: Double?) {
        #expect(Reading<Double>.speed.parse(text) == expected)
    }

    @Test(
        arguments: [
            ("2018-09-24", 1_537_747_200_000), ("2018-09-24T14:27:30Z", 1_537_799_250_000),
            ("2018-09-24 14:27", 1_537_799_220_000), ("2018-09-24T14:27:30.123+02:00", 1_537_792_050_123),
            ("1537799250", 1_537_799_250_000), ("828124615", 828_124_615_000),
            ("1537799250123", 1_537_799_250_123),
            ("1537799250123456", 1_537_799_250_123), ("2018", nil), ("20180924", nil), ("-1537799250", nil),
            ("", nil),
            ("now", nil), ("2018-9-24", nil), ("2018-02-29", nil), ("1537799250.5", nil),
            ("153779925012345678", nil),
            ("24.09.2018", nil), ("99999999999999999999999", nil),
        ] as [(String, Int64?)])
    func times(text: String, expected: Int64?) {
        #expect(Reading<Int64>.time.parse(text) == expected)
    }

    @Test(
        arguments: [
            ("500ms", 500), ("30s", 30_000), ("5m", 300_000), ("1h", 3_600_000), ("7d", 604_800_000),
            ("1w", 604_800_000),
            ("1h30m", 5_400_000), ("1.5h", 5_400_000), ("0.001s", 1), ("1m1ms", 60_001), ("30", nil),
            ("", nil), ("h", nil),
            ("-1h", nil), ("0s", nil), ("0.0001s", nil), ("1y", nil), ("1h 30m", nil), ("1H", nil),
            ("1hm", nil), ("1h30", nil),
            ("99999999999999w", nil), ("9999999999w9999999999w9999999999w", nil), ("infs", nil),
        ] as [(String, Int64?)])
    func durations(text: String, expected: Int64?) {
        #expect(Reading<Int64>.duration.parse(text) == expected)
    }

    @Test(
        arguments: [
            ("earliest", .earliest), ("latest", .latest), ("ts=2018-09-24", .at(epochMs: 1_537_747_200_000)),
            ("ts=1537799250123", .at(epochMs: 1_537_799_250_123)), ("last=1h", .last(ms: 3_600_000)),
            ("last", nil), ("ts", nil),
            ("ts=", nil), ("last=", nil), ("last=0s", nil), ("Earliest", nil), ("earliest=1", nil), ("", nil),
            ("=", nil), ("42", nil),
            ("last=1h=2", nil),
        ] as [(String, StartOffset?)])
    func startOffsets(text: String, expected: StartOffset?) {
        #expect(Reading<StartOffset>.startOffset.parse(text) == expected)
    }

    @Test(
        arguments: [
            ("a=b", Assignment(key: "a", value: "b")),
            ("a.b-c.d_1=", Assignment(key: "a.b-c.d_1", value: "")),
            ("a=b=c", Assignment(key: "a", value: "b=c")), ("a", nil), ("=b", nil), ("a..b=c", nil),
            (".a=b", nil), ("a.=b", nil),
            ("a b=c", nil), ("", nil), ("é=1", nil),
        ] as [(String, Assignment?)])
    func assignments(text: String, expected: Assignment?) {
        #expect(Reading<Assignment>.assignment.parse(text) == expected)
    }

    @Test(arguments: [
        ("localhost:9092", true), ("localhost", true), ("a:1,b:65535", true), ("[::1]:9092", true),
        ("[::1]", true),
        ("SASL_SSL://a:9093", true), ("", false), ("a:0", false), ("a:65536", false), ("a:", false),
        (":9092", false),
        ("a,,b", false), ("a, b", false), ("a:9o92", false), ("a:-1", false),
    ])
    func brokers(text: String, isRight: Bool) {
        #expect((Reading<String>.brokers.parse(text) != nil) == isRight)
    }

    @Test(arguments: [
        ("ratings.v1", true), ("a-b_C.9", true), ("", false), (".", false), ("..", false), ("a/b", false),
        ("a b", false),
        ("é", false), (String(repeating: "a", count: 249), true), (String(repeating: "a", count: 250), false),
    ])
    func topics(text: String, isRight: Bool) {
        #expect((Reading<String>.topic.parse(text) != nil) == isRight)
    }

    @Test(arguments: [
        ("redis://localhost", true), ("rediss://x:1/0", true), ("unix:/run/redis.sock", true),
        ("redis://", false),
        ("http://x", false), ("localhost:6379", false), ("", false),
    ])
    func redisURLs(text: String, isRight: Bool) {
        #expect((Reading<String>.redisURL.parse(text) != nil) == isRight)
    }
}
