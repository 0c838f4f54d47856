import Events
import Testing

@Suite struct CloudEventTests {
    static let data = #"{"user_id":"42","item_id":"318","rating":4.5,"timestamp":1700000000000}"#
    static let identity = EventIdentity(high: 0x7b7a_1753_362c_104d, low: 0x9e5e_3f91_6f54_c5aa)
    static let attributes = [
        header("ce_specversion", "1.0"), header("ce_id", "e-1"), header("ce_source", "/shop"),
        header("ce_type", "com.example.rating.v1"), header("content-type", "application/json"),
    ]

    static func structured(_ attributes: String, data: String = data) -> String {
        #"{"specversion":"1.0","id":"e-1","source":"/shop",\#(attributes)"data":\#(data)}"#
    }

    @Test func bothModesAreTheSameEvent() throws {
        let structured = try #require(
            decode(Self.structured(#""type":"com.example.rating.v1","#)).interaction)
        #expect(structured.identity == Self.identity)
        #expect(structured.value == 4.5)
        #expect(decode(Self.data, headers: Self.attributes).interaction == structured)
        #expect(decode(Self.structured(#""user":"7","subject":"x","#)).interaction == structured)
        let afterwards = #"{"data":\#(Self.data),"source":"/shop","id":"e-1","specversion":"1.0"}"#
        #expect(decode(afterwards).interaction == structured)
    }

    /// Of repeated headers the last counts; an id inside the data does not.
    @Test func theEnvelopeNamesTheEvent() {
        let headers = [header("ce_id", "other")] + Self.attributes
        #expect(decode(Self.data, headers: headers).interaction?.identity == Self.identity)
        let inner = Self.data.replacing("{", with: #"{"event_id":"x","id":"y","#)
        #expect(decode(inner, headers: Self.attributes).interaction?.identity == Self.identity)
        #expect(decode(Self.structured("", data: inner)).interaction?.identity == Self.identity)
        #expect(decode(Self.data, headers: [header("trace", "1")]).interaction?.identity != Self.identity)
        let another = [header("ce_id", "e-1"), header("ce_source", "/store")]
        let other = decode(Self.data, headers: another).interaction?.identity
        #expect(other != nil && other != Self.identity)
    }

    @Test func theTimeOfTheEnvelopeServesWhereTheDataHasNone() {
        let data = #"{"user_id":"42","item_id":"318","rating":4.5}"#
        let time = "2023-11-14T22:13:20Z"
        let expected: Int64 = 1_700_000_000_000
        #expect(
            decode(Self.structured(#""time":"\#(time)","#, data: data)).interaction?.timestampMs == expected)
        let headers = Self.attributes + [header("ce_time", time)]
        #expect(decode(data, headers: headers).interaction?.timestampMs == expected)
        #expect(decode(Self.data, headers: Self.attributes + [header("ce_time", "?")]).rule == nil)
        #expect(decode(data, headers: Self.attributes + [header("ce_time", "?")]).rule == .invalidTimestamp)
        #expect(decode(Self.structured(#""time":1700000000,"#, data: data)).rule == .invalidTimestamp)
        #expect(decode(data, headers: Self.attributes).rule == .missingTimestamp)
        #expect(decode(Self.structured("", data: data)).rule == .missingTimestamp)
    }

    @Test(
        arguments: [
            (structured(#""type":"com.example.banana","#), .unknownType),
            (structured(#""type":5,"#), .unknownType),
            (structured("", data: #"{"user_id":"1","user":"2"}"#), .duplicateKey),
            (structured("", data: "[1]"), .notAnObject),
            (structured("", data: "\"text\""), .notAnObject),
            (#"{"specversion":"1.0","id":"e","source":"s"}"#, .notAnObject),
            (#"{"specversion":"1.0","id":"e","source":"s","data_base64":"e30="}"#, .notAnObject),
            (#"{"specversion":"1.0","id":"e","source":"s","data":null}"#, .notAnObject),
            (#"{"specversion":"1.0","id":"e","source":"s","data":{},"data":{}}"#, .duplicateKey),
            (#"{"specversion":"1.0","source":"s","data":\#(data)}"#, .invalidEventID),
            (#"{"specversion":"1.0","id":"e","data":\#(data)}"#, .invalidEventID),
            (#"{"specversion":"1.0","id":7,"source":"s","data":\#(data)}"#, .invalidEventID),
            (#"{"specversion":"1.0","id":"","source":"s","data":\#(data)}"#, .invalidEventID),
            (structured("", data: "{}"), .missingUser),
        ] as [(String, Rule)])
    func refusesBrokenEnvelopes(text: String, rule: Rule) {
        #expect(decode(text).rule == rule)
    }

    @Test(
        arguments: [
            ([header("ce_id", "e")], .invalidEventID),
            ([header("ce_id", ""), header("ce_source", "s")], .invalidEventID),
            ([Header(name: "ce_id", value: nil), header("ce_source", "s")], .invalidEventID),
            ([header("ce_specversion", "1.0"), header("ce_source", "s")], .invalidEventID),
            (
                [header("ce_id", "e"), header("ce_source", String(repeating: "s", count: 1025))],
                .invalidEventID
            ),
            ([header("ce_id", "e"), header("ce_source", "s"), header("ce_type", "refund")], .unknownType),
        ] as [([Header], Rule)])
    func refusesBrokenHeaders(headers: [Header], rule: Rule) {
        #expect(decode(Self.data, headers: headers).rule == rule)
    }
}
