import Events
import Testing

/// What producers may send, and what becomes of it.
@Suite struct AcceptanceTests {
    static let plain =
        #"{"event_id":"e-1","user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000000}"#

    /// Each says the same rating of the same event in another way.
    @Test(arguments: [
        plain,
        #" { "timestamp" : 1700000000000 , "rating":4.5,"item_id":"318", "user_id" : "42" , "event_id":"e-1" } "#,
        #"{"id":"e-1","userId":"42","itemId":"318","value":4.5,"ts":1700000000000}"#,
        #"{"id":"e-1","user":"42","item":"318","value":45e-1,"ts":1700000000}"#,
        #"{"event_id":"e-1","user":42,"movieId":318,"rating":4.50,"timestamp":1700000000000000}"#,
        #"{"event_id":"e-1","user_id":"42","item_id":"318","rating":4.5,"timestamp":"2023-11-14T22:13:20Z"}"#,
        #"{"event_id":"e-1","user_id":"42","item_id":"318","rating":4.5,"timestamp":"2023-11-14T23:13:20+01:00"}"#,
        #"{"event_id":"e-1","user_id":"42","item_id":"318","rating":4.5,"timestamp":1.7e9}"#,
        #"{"event_id":"e-1","user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000.0004}"#,
        #"{"event_id":"\u0065-1","user\u005fid":"\u0034\u0032","item_id":"318","rating":4.5,"timestamp":1700000000}"#,
        #"{"event_id":"e-1","user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000,"list_id":null}"#,
        #"{"x":{"user_id":["7",{"a":null}],"user_id":1},"event_id":"e-1","user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000}"#,
        #"{"event_id":"e-1","user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000,"x":1e999,"x":-0.0,"":[]}"#,
        #"{"event_id":"e-1","type":"rating","user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000}"#,
        #"{"event_id":"e-1","type":"shop.RatingCreated.v1","user_id":"42","item_id":"318","rating":4.5,"ts":1700000000}"#,
        #"{"event_id":"e-1","user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000,"data":{"user_id":"1","user_id":"2"}}"#,
        "\0\0\0\0\u{7}" + plain,
        "\0abcd  \n" + plain,
    ])
    func readsTheSameRating(text: String) throws {
        let user = try #require(Identifier("42"))
        let item = try #require(Identifier("318"))
        let expected = Interaction(
            action: .rating, user: user, item: item, value: 4.5, timestampMs: 1_700_000_000_000,
            identity: EventIdentity(high: 0x55dc_728b_0bf0_44c0, low: 0x0c27_beeb_da6a_5ca3))
        #expect(decode(text) == .success(.interaction(expected)))
    }

    @Test(arguments: Action.allCases.filter { $0 != .rating })
    func readsFeedback(action: Action) throws {
        let user = try #require(Identifier("42"))
        let item = try #require(Identifier("318"))
        let text =
            #"{"event_id":"e-1","user_id":"42","item_id":"318","action":"\#(action.rawValue)","value":-0.8,"#
            + #""timestamp":1700000000000,"list_id":"l-9"}"#
        let expected = Interaction(
            action: action, user: user, item: item, value: -0.8, timestampMs: 1_700_000_000_000,
            identity: EventIdentity(high: 0x5d68_b16f_6acf_8a88, low: 0xc1f5_025c_597c_e815))
        #expect(decode(text, on: .feedback) == .success(.interaction(expected)))
        let weak = text.replacing(#""value":-0.8,"#, with: "")
        #expect(decode(weak, on: .feedback).interaction?.value == 1)
    }

    @Test func readsCatalogItems() throws {
        let item = try #require(Identifier("318"))
        #expect(decode(#"{"item_id":318}"#, on: .catalog).item == CatalogItem(item: item))
        #expect(decode(#"{"id":"318"}"#, on: .catalog).item == CatalogItem(item: item))
        let text =
            #"{"id":"x","item_id":"318","title":"Amélie \"1\" 😀","genres":["Drama","Comedy"],"year":1994,"#
            + #""people":[],"available":false}"#
        let expected = CatalogItem(
            item: item, title: "Amélie \"1\" 😀", genres: ["Drama", "Comedy"], year: 1994, people: [],
            available: false)
        #expect(decode(text, on: .catalog).item == expected)
    }

    @Test func aTombstoneTakesAnItemAway() throws {
        var decoder = EventDecoder()
        let item = try #require(Identifier("318"))
        let removal = decode(nil, on: .catalog, key: Array("318".utf8), with: &decoder)
        #expect(removal.item == CatalogItem(item: item, available: false))
        #expect(decode(nil, on: .catalog, key: nil, with: &decoder).rule == .missingItem)
        #expect(decode(nil, on: .catalog, key: [], with: &decoder).rule == .invalidItem)
        #expect(decode(nil, on: .catalog, key: [0xff], with: &decoder).rule == .invalidItem)
        #expect(decode([], on: .catalog, key: Array("318".utf8), with: &decoder).rule == .emptyValue)
        for topic in Topic.allCases where topic != .catalog {
            #expect(decode(nil, on: topic, key: Array("318".utf8), with: &decoder).rule == .emptyValue)
        }
    }

    @Test func readsErasures() throws {
        let expected = Erasure(user: try #require(Identifier("42")), timestampMs: 1_700_000_000_000)
        #expect(
            decode(#"{"user_id":"42","timestamp":1700000000}"#, on: .erasures) == .success(.erasure(expected))
        )
    }

    /// Ids keep every byte and digit; a number and its text are one id.
    @Test(
        arguments: [
            ("42", "42"), ("\"42\"", "42"), ("0", "0"), ("-7", "-7"), ("-0", "-0"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("9007199254740993", "9007199254740993"), ("18446744073709551616", "18446744073709551616"),
            ("\" 42\"", " 42"), ("\"4.2e1\"", "4.2e1"), ("\"\\u0000\"", "\0"), ("\"\\ud83d\\ude00\"", "😀"),
            ("\"e\u{301}\"", "e\u{301}"), ("\"\\/\\\\\\\"\\b\\f\\n\\r\\t\"", "/\\\"\u{8}\u{c}\n\r\t"),
        ])
    func readsIDs(json: String, expected: String) throws {
        let text = #"{"user_id":\#(json),"item_id":"318","rating":4,"timestamp":1700000000}"#
        let user = try #require(decode(text).interaction?.user)
        #expect(user.text.utf8.elementsEqual(expected.utf8))
    }

    @Test func idsReachTo128Bytes() {
        let longest = String(repeating: "é", count: 64)
        let text =
            #"{"event_id":"\#(longest)","user_id":"\#(longest)","item_id":"\#(longest)","rating":4,"ts":1700000000}"#
        #expect(decode(text).interaction?.user.text == longest)
        #expect(decode(text).interaction?.item.text == longest)
    }

    @Test func anEventWithoutIDIsKnownByWhatItSays() throws {
        let text = #"{"user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000000}"#
        let identity = try #require(decode(text).interaction?.identity)
        #expect(identity == EventIdentity(high: 0xe3b7_4897_35aa_4085, low: 0x880d_9a38_f828_d593))
        #expect(
            decode(#"{"ts":1700000000,"value":45e-1,"movieId":318,"user":42}"#).interaction?.identity
                == identity)
        let others = [
            #"{"user_id":"423","item_id":"18","rating":4.5,"timestamp":1700000000000}"#,
            #"{"user_id":"43","item_id":"318","rating":4.5,"timestamp":1700000000000}"#,
            #"{"user_id":"42","item_id":"319","rating":4.5,"timestamp":1700000000000}"#,
            #"{"user_id":"42","item_id":"318","rating":4.0,"timestamp":1700000000000}"#,
            #"{"user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000001}"#,
        ]
        #expect(Set(others.map { decode($0).interaction?.identity } + [identity]).count == 6)
        let acts = ["view", "click"].map {
            decode(
                #"{"user_id":"42","item_id":"318","action":"\#($0)","value":4.5,"timestamp":1700000000000}"#,
                on: .feedback
            ).interaction?.identity
        }
        #expect(Set(acts + [identity]).count == 3)
        let zero = #"{"user_id":"42","item_id":"318","rating":0,"timestamp":1700000000000}"#
        let minus = #"{"user_id":"42","item_id":"318","rating":-0.0,"timestamp":1700000000000}"#
        #expect(decode(zero).interaction?.identity == decode(minus).interaction?.identity)
    }

    @Test func theFutureIsMeasuredByTheRecordAlone() {
        let text = #"{"user_id":"42","item_id":"318","rating":4,"timestamp":1700000000000}"#
        #expect(decode(text, arrivedMs: 1_700_000_000_000 - 3_600_000).rule == nil)
        #expect(decode(text, arrivedMs: 1_700_000_000_000 - 3_600_001).rule == .timestampInFuture)
        #expect(decode(text, arrivedMs: nil).rule == nil)
        #expect(decode(text, arrivedMs: .max).rule == nil)
        #expect(decode(text, arrivedMs: .min).rule == .timestampInFuture)
    }

    @Test func rulesAreObeyed() {
        var rules = FieldRules()
        rules.ratingMin = 1
        rules.ratingMax = 5
        rules.earliestMs = 1_700_000_000_000
        rules.latestMs = 1_700_000_000_001
        rules.bytesMax = 80
        func rule(_ rating: String, _ timestamp: Int64, _ tail: String = "") -> Rule? {
            let text =
                #"{"user_id":"42","item_id":"318","rating":\#(rating),"timestamp":\#(timestamp)}"# + tail
            return decode(text, arrivedMs: nil, rules: rules).rule
        }
        #expect(rule("1", 1_700_000_000_000) == nil)
        #expect(rule("5", 1_700_000_000_001) == nil)
        #expect(rule("0.999", 1_700_000_000_000) == .ratingOutOfRange)
        #expect(rule("5.001", 1_700_000_000_000) == .ratingOutOfRange)
        #expect(rule("5", 1_699_999_999_999) == .timestampOutOfRange)
        #expect(rule("5", 1_700_000_000_002) == .timestampOutOfRange)
        #expect(rule("5", 1_700_000_000_000, String(repeating: " ", count: 11)) == nil)
        #expect(rule("5", 1_700_000_000_000, String(repeating: " ", count: 12)) == .tooLarge)
    }

    /// A decoder keeps buffers: nothing of one record may show in the next.
    @Test func recordsDoNotShineThrough() {
        var decoder = EventDecoder()
        let long =
            #"{"user_id":"42","item_id":"318","x":"\#(String(repeating: "y", count: 100_000))","rating":4,"ts":1}"#
        for _ in 0..<3 {
            #expect(decode(Array(Self.plain.utf8), with: &decoder).interaction?.value == 4.5)
            #expect(decode(Array(long.utf8), with: &decoder).rule == .timestampOutOfRange)
            #expect(decode(Array("{}".utf8), with: &decoder).rule == .missingUser)
            #expect(decode(Array(Self.plain.utf8.dropLast()), with: &decoder).rule == .invalidJSON)
            #expect(decode(Array("[".utf8), with: &decoder).rule == .invalidJSON)
        }
    }

    /// The end of a longer text must not close a shorter one.
    @Test func anUnclosedTextStaysUnclosed() {
        var decoder = EventDecoder()
        let whole = Array(#"{"x":[[1,{}],{"y":{}}],"z":{"a":[{}]}}"#.utf8)
        for end in whole.indices {
            for filler in Array(#"{}[],:"0 "#.utf8) {
                let before = [0x7b] + [UInt8](repeating: filler, count: whole.count + 64)
                _ = decode(before, with: &decoder)
                #expect(
                    decode(Array(whole[..<end]), with: &decoder).rule
                        == (end == 0 ? .emptyValue : .invalidJSON))
            }
        }
    }
}
