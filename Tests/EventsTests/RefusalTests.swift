import Events
import Testing

/// Every rule, and the ways to break it.
@Suite struct RefusalTests {
    static func rating(_ user: String = #""42""#, _ item: String = #""318""#, _ rest: String) -> String {
        #"{"user_id":\#(user),"item_id":\#(item),\#(rest)}"#
    }
    static let rest = #""rating":4.5,"timestamp":1700000000000"#
    static let long = "\"" + String(repeating: "x", count: 129) + "\""

    static let ratings: [(String, Rule)] = [
        ("", .emptyValue), (" \t\r\n", .emptyValue),
        ("{", .invalidJSON), ("}", .invalidJSON), ("{]", .invalidJSON), ("{\"a\":1", .invalidJSON),
        ("hello", .invalidJSON), ("nul", .invalidJSON), ("{} x", .invalidJSON), ("{}{}", .invalidJSON),
        ("{},", .invalidJSON), ("{}\u{0}", .invalidJSON), ("{,}", .invalidJSON), ("{\"a\"}", .invalidJSON),
        ("{\"a\":}", .invalidJSON), ("{\"a\":1,}", .invalidJSON), ("{\"a\" 1}", .invalidJSON),
        ("{a:1}", .invalidJSON), ("{'a':1}", .invalidJSON), ("{\"a\":1 2}", .invalidJSON),
        ("{\"a\":\"b\":1}", .invalidJSON), ("{\"a\":\"b\"c}", .invalidJSON), ("{\"a\":tru}", .invalidJSON),
        ("{\"a\":truer}", .invalidJSON), ("{\"a\":nulls}", .invalidJSON), ("{\"a\":01}", .invalidJSON),
        ("{\"a\":1.}", .invalidJSON), ("{\"a\":.5}", .invalidJSON), ("{\"a\":+1}", .invalidJSON),
        ("{\"a\":1e}", .invalidJSON), ("{\"a\":-}", .invalidJSON), ("{\"a\":0x10}", .invalidJSON),
        ("{\"a\":\"\\x\"}", .invalidJSON), ("{\"a\":\"\\u12g4\"}", .invalidJSON),
        ("{\"a\":\"\\ud800\"}", .invalidJSON), ("{\"\\q\":1}", .invalidJSON), ("{\"a\":[1,]}", .invalidJSON),
        ("{\"a\":[1 2]}", .invalidJSON), ("{\"a\":[1}", .invalidJSON), ("{\"a\":\"\n\"}", .invalidJSON),
        ("{\"a\":{\"b\":tru}}", .invalidJSON), ("// {}", .invalidJSON), ("{\"a\":1/**/}", .invalidJSON),
        (rating(#"NaN"#, rest), .invalidJSON), (rating(#""rating":NaN,"ts":1700000000"#), .invalidJSON),
        (rating(#""rating":Infinity,"ts":1700000000"#), .invalidJSON),
        (rating(#""rating":-Infinity,"ts":1700000000"#), .invalidJSON),
        ("[]", .notAnObject), ("[{\"a\":[null,true,1.5,\"x\"]}]", .notAnObject), ("\"text\"", .notAnObject),
        ("42", .notAnObject), (" -1.5e3 ", .notAnObject), ("null", .notAnObject), ("true", .notAnObject),
        ("[1,]", .invalidJSON), ("[1] 2", .invalidJSON), ("42 43", .invalidJSON),
        ("\"a\" \"b\"", .invalidJSON),
        (#"{"user_id":"1","user_id":"1"}"#, .duplicateKey), (#"{"user_id":"1","userId":"1"}"#, .duplicateKey),
        (#"{"item":null,"movieId":"1"}"#, .duplicateKey), (#"{"rating":4,"value":4}"#, .duplicateKey),
        (#"{"ts":1,"timestamp":1}"#, .duplicateKey), (#"{"type":1,"t\u0079pe":1}"#, .duplicateKey),
        (rating(#""id":"a","event_id":"a",\#(rest)"#), .duplicateKey),
        ("\0\0\0\0\u{1}\u{2}Avro", .unsupportedFraming), ("\0", .unsupportedFraming),
        ("\0{}", .unsupportedFraming),
        ("\0\0\0\0\u{1}", .unsupportedFraming), ("\0\0\0\0\u{1}[]", .unsupportedFraming),
        ("\0\0\0\0\u{1}{", .invalidJSON),
        (rating(#""type":"banana",\#(rest)"#), .unknownType),
        (rating(#""type":"click",\#(rest)"#), .unknownType),
        (rating(#""type":"",\#(rest)"#), .unknownType), (rating(#""type":7,\#(rest)"#), .unknownType),
        (rating(#""type":"operating",\#(rest)"#), .unknownType),
        ("{}", .missingUser), (#"{"item_id":"318",\#(rest)}"#, .missingUser),
        (rating("null", rest), .missingUser),
        (rating("\"\"", rest), .invalidUser), (rating(long, rest), .invalidUser),
        (rating("4.2e1", rest), .invalidUser),
        (rating("42.0", rest), .invalidUser), (rating("true", rest), .invalidUser),
        (rating("[1]", rest), .invalidUser),
        (rating("{}", rest), .invalidUser),
        (#"{"user_id":"42",\#(rest)}"#, .missingItem), (rating("1", "null", rest), .missingItem),
        (rating("1", "\"\"", rest), .invalidItem), (rating("1", long, rest), .invalidItem),
        (rating("1", "1e3", rest), .invalidItem), (rating("1", "false", rest), .invalidItem),
        (rating(#""ts":1700000000"#), .missingRating),
        (rating(#""rating":null,"ts":1700000000"#), .missingRating),
        (rating(#""rating":"4.5","ts":1700000000"#), .invalidRating),
        (rating(#""rating":"NaN","ts":1700000000"#), .invalidRating),
        (rating(#""rating":true,"ts":1700000000"#), .invalidRating),
        (rating(#""rating":[4],"ts":1700000000"#), .invalidRating),
        (rating(#""rating":-0.1,"ts":1700000000"#), .ratingOutOfRange),
        (rating(#""rating":10.01,"ts":1700000000"#), .ratingOutOfRange),
        (rating(#""rating":1e999,"ts":1700000000"#), .ratingOutOfRange),
        (rating(#""rating":-1e999,"ts":1700000000"#), .ratingOutOfRange),
        (rating(#""rating":99999999999999999999999,"ts":1700000000"#), .ratingOutOfRange),
        (rating(#""rating":4"#), .missingTimestamp), (rating(#""rating":4,"ts":null"#), .missingTimestamp),
        (rating(#""rating":4,"ts":"yesterday""#), .invalidTimestamp),
        (rating(#""rating":4,"ts":"1700000000""#), .invalidTimestamp),
        (rating(#""rating":4,"ts":"""#), .invalidTimestamp),
        (rating(#""rating":4,"ts":{}"#), .invalidTimestamp),
        (rating(#""rating":4,"ts":false"#), .invalidTimestamp),
        (rating(#""rating":4,"ts":0"#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":-1"#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":631151999999"#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":4102444800001"#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":"0001-01-01T00:00:00Z""#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":"9999-12-31T23:59:59Z""#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":-62135596800"#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":253402300799"#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":1e300"#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":99999999999999999999"#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":-9223372036854775808"#), .timestampOutOfRange),
        (rating(#""rating":4,"ts":1700003600001"#), .timestampInFuture),
        (rating(#""event_id":"",\#(rest)"#), .invalidEventID),
        (rating(#""event_id":\#(long),\#(rest)"#), .invalidEventID),
        (rating(#""id":1.5,\#(rest)"#), .invalidEventID),
        (rating(#""event_id":{},\#(rest)"#), .invalidEventID),
        (rating(#""list_id":[],\#(rest)"#), .invalidField),
        (rating(#""list_id":"",\#(rest)"#), .invalidField),
    ]

    private static func rating(_ rest: String) -> String { rating(#""42""#, rest) }
    private static func rating(_ user: String, _ rest: String) -> String { rating(user, #""318""#, rest) }

    @Test(arguments: ratings)
    func refusesRatings(text: String, rule: Rule) {
        #expect(decode(text).rule == rule)
    }

    @Test(
        arguments: [
            (#""value":1"#, .missingAction), (#""action":null"#, .missingAction),
            (#""action":"""#, .invalidAction),
            (#""action":"Click""#, .invalidAction), (#""action":"rating""#, .invalidAction),
            (#""action":"clicks""#, .invalidAction), (#""action":1"#, .invalidAction),
            (#""action":"impressionimpression""#, .invalidAction),
            (#""action":"click","value":"1""#, .invalidField),
            (#""action":"click","value":1000001"#, .invalidField),
            (#""action":"click","value":-1e999"#, .invalidField),
            (#""action":"click","type":"rating""#, .unknownType),
        ] as [(String, Rule)])
    func refusesFeedback(fields: String, rule: Rule) {
        #expect(decode(Self.rating(#""timestamp":1700000000,\#(fields)"#), on: .feedback).rule == rule)
    }

    @Test(
        arguments: [
            (#"{"title":"x"}"#, .missingItem), (#"{"item_id":""}"#, .invalidItem),
            (#"{"id":[]}"#, .invalidItem),
            (#"{"item_id":1,"title":7}"#, .invalidField),
            (#"{"item_id":1,"title":"\#(String(repeating: "x", count: 1025))"}"#, .invalidField),
            (#"{"item_id":1,"genres":"Drama"}"#, .invalidField),
            (#"{"item_id":1,"genres":["a",1]}"#, .invalidField),
            (
                #"{"item_id":1,"genres":[\#(Array(repeating: "\"g\"", count: 65).joined(separator: ","))]}"#,
                .invalidField
            ),
            (
                #"{"item_id":1,"people":[\#(Array(repeating: "\"p\"", count: 2000).joined(separator: ","))]}"#,
                .invalidField
            ),
            (#"{"item_id":1,"people":{"a":1}}"#, .invalidField),
            (#"{"item_id":1,"people":["a",]}"#, .invalidJSON),
            (#"{"item_id":1,"year":"1994"}"#, .invalidField),
            (#"{"item_id":1,"year":1994.5}"#, .invalidField),
            (#"{"item_id":1,"year":10000}"#, .invalidField), (#"{"item_id":1,"year":-1}"#, .invalidField),
            (#"{"item_id":1,"available":"yes"}"#, .invalidField),
            (#"{"item_id":1,"available":1}"#, .invalidField),
            (#"{"item_id":1,"type":"rating"}"#, .unknownType),
            (#"{"item_id":1,"genres":[],"genres":[]}"#, .duplicateKey),
        ] as [(String, Rule)])
    func refusesCatalogItems(text: String, rule: Rule) {
        #expect(decode(text, on: .catalog).rule == rule)
    }

    @Test(
        arguments: [
            (#"{"timestamp":1700000000}"#, .missingUser),
            (#"{"user_id":"","timestamp":1700000000}"#, .invalidUser),
            (#"{"user_id":"42"}"#, .missingTimestamp),
            (#"{"user_id":"42","ts":1800000000}"#, .timestampInFuture),
            (#"{"user_id":"42","ts":1700000000,"type":"click"}"#, .unknownType),
        ] as [(String, Rule)])
    func refusesErasures(text: String, rule: Rule) {
        #expect(decode(text, on: .erasures).rule == rule)
    }

    @Test(
        arguments: [
            ([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d], .invalidUTF8),
            (Array(#"{"user_id":""#.utf8) + [0xc3, 0x28] + Array(#""}"#.utf8), .invalidUTF8),
            (Array(#"{"x":""#.utf8) + [0xed, 0xa0, 0x80] + Array(#""}"#.utf8), .invalidUTF8),
            ([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00], .invalidUTF8),
            ([0x1f, 0x8b, 0x08, 0x00], .invalidUTF8),
        ] as [([UInt8], Rule)])
    func refusesWhatIsNotUTF8(bytes: [UInt8], rule: Rule) {
        var decoder = EventDecoder()
        #expect(decode(bytes, with: &decoder).rule == rule)
    }

    @Test func depthIsExact() {
        func nested(_ depth: Int, _ open: String, _ close: String) -> String {
            let inside = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            return Self.rating(#""x":\#(inside),\#(Self.rest)"#)
        }
        #expect(decode(nested(15, "[", "]")).rule == nil)
        #expect(decode(nested(16, "[", "]")).rule == .tooDeep)
        #expect(decode(nested(15, #"{"a":"#, "}")).rule == nil)
        #expect(decode(nested(16, #"{"a":"#, "}")).rule == .tooDeep)
        #expect(decode(nested(100_000, "[", "]")).rule == .tooDeep)
        #expect(
            decode(String(repeating: "[", count: 17) + String(repeating: "]", count: 17)).rule == .tooDeep)
        #expect(decode(String(repeating: "[", count: 500_000)).rule == .invalidJSON)
    }

    /// A value of 10 MB is refused before anything reads it.
    @Test func largeValuesAreRefused() {
        var decoder = EventDecoder()
        let large = [UInt8](repeating: 0x20, count: 10_000_000)
        #expect(decode(large, with: &decoder).rule == .tooLarge)
        #expect(decode([UInt8](repeating: 0x20, count: 1 << 20), with: &decoder).rule == .emptyValue)
        #expect(decode([UInt8](repeating: 0x20, count: 1 << 20 + 1), with: &decoder).rule == .tooLarge)
    }

    /// What a dead letter says must help, and must not tell what was in the event.
    @Test func reasonsEndWithTheMendAndKeepSecrets() {
        let secret = "s3cr3t-77"
        let texts = Self.ratings.map(\.0).map {
            $0.replacing("42", with: secret).replacing("318", with: secret)
        }
        for text in texts {
            guard case .failure(let refusal) = decode(text) else { continue }
            #expect(!refusal.reason.contains(secret))
            let mend = refusal.reason.split(separator: ": ", maxSplits: 1).last ?? ""
            #expect(
                ["send", "add", "nest", "encode", "put", "set", "leave"].contains {
                    mend.hasPrefix($0 + " ")
                }, "\(refusal.reason)")
        }
    }

    @Test func everyRuleHasACase() {
        let reached = Set(Self.ratings.map(\.1)).union([
            .invalidUTF8, .tooLarge, .tooDeep, .missingAction, .invalidAction,
        ])
        #expect(reached == Set(Rule.allCases.filter(\.makesLetter)))
    }
}
