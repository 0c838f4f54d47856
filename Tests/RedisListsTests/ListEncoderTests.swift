import Events
import Ranking
import RedisLists
import Testing

struct ListEncoderTests {
    private static func text(_ write: (inout ByteBuffer) -> Void) -> String {
        var json = ByteBuffer(capacity: 1)
        write(&json)
        return json.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private static func score(_ score: Float) -> String {
        let encoder = ListEncoder(topics: RedisWriter.topics, model: "m")
        let item = text { encoder.encode([.sample("i", score)], into: &$0) }
        return String(item.dropFirst(#"[{"id":"i","score":"#.utf8.count).dropLast(2))
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (4.81, "4.81"), (4.5, "4.5"), (0.1, "0.1"), (0.0001, "0.0001"),
            (0.00004, "0"), (0.00006, "0.0001"), (-0.00004, "0"), (-3.25, "-3.25"), (2.99996, "3"),
            (0.0305, "0.0305"),
            (123_456.79, "123456.7891"), (16_777_216, "16777216"), (.leastNonzeroMagnitude, "0"),
            (1e12, "999999995904"),
            (1e13, "1000000000000"), (.greatestFiniteMagnitude, "1000000000000"),
            (-.infinity, "-1000000000000"),
            (.infinity, "1000000000000"), (.nan, "0"), (.signalingNaN, "0"),
        ] as [(Float, String)])
    func scoresAreShortDecimals(value: Float, expected: String) {
        #expect(Self.score(value) == expected)
    }

    @Test func everyScoreOfAGridReadsBackToFourDecimals() throws {
        for step in stride(from: -70_000, through: 70_000, by: 7) {
            let value = Float(step) / 10_000
            let read = try #require(Double(Self.score(value)))
            #expect(abs(read - Double(step) / 10_000) < 0.00006)
        }
    }

    @Test func namesTheTopicOfItsSource() {
        let encoder = ListEncoder(
            topics: RedisWriter.topics.merging([.feedback: #"a"b/c"#]) { $1 }, model: #"v"1"#)
        var list = TopList.sample(user: "1", entries: [])
        list.source = Position(lane: Lane(topic: .feedback, partition: 0), offset: .max)
        list.eventTimeMs = -1
        let json = Self.text { encoder.encode(list, generatedAtMs: .min, into: &$0) }
        #expect(
            json == #"{"user":"1","model":"v\"1","generated_at":-9223372036854775808,"event_time":-1,"#
                + #""source":"a\"b/c/0/9223372036854775807","items":[]}"#)
    }

    @Test func everyScalarSurvivesAsText() throws {
        // All of the first two planes' corners and every control character, in chunks that fit an id.
        let scalars = (Array(0...0x2FF) + Array(0xFFF0...0xFFFF) + [0x2028, 0x2029, 0x1F3AC, 0x10FFFF])
            .compactMap { Unicode.Scalar(UInt32($0)) }
        let encoder = ListEncoder(topics: RedisWriter.topics, model: "m")
        for start in stride(from: 0, to: scalars.count, by: 24) {
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars[start..<min(start + 24, scalars.count)])
            let json = Self.text { encoder.encode([.sample(text, 1)], into: &$0) }
            #expect(!json.utf8.contains { $0 < 0x20 })
            let items = try #require(ListDecoder.items(Array(json.utf8)))
            #expect(items[0].id.unicodeScalars.elementsEqual(text.unicodeScalars))
        }
    }

    @Test(arguments: [
        "", "{", "[]", "null", "{}", #"{"user":"1"}"#, #"{"user":1,"model":"m","generated_at":0}"#, "\u{0}",
    ])
    func foreignBytesAreNoList(json: String) {
        #expect(ListDecoder.list(Array(json.utf8)) == nil)
    }

    @Test func bytesThatAreNotUTF8AreNoList() {
        #expect(ListDecoder.list([0xFF, 0xFE, 0x00]) == nil)
        #expect(ListDecoder.items([0x5B, 0x22, 0xC3, 0x22, 0x5D]) == nil)
    }

    @Test(
        arguments: [
            ("ratings.v1/3/1234", "ratings.v1", 3, 1_234), ("a/b/0/0", "a/b", 0, 0),
            ("t/1/9223372036854775807", "t", 1, .max),
        ] as [(String, String, Int32, Int64)])
    func aSourceIsAPlaceInTheLog(text: String, topic: String, partition: Int32, offset: Int64) throws {
        let source = try #require(StoredSource(text))
        #expect(source.topic == topic)
        #expect(source.partition == partition)
        #expect(source.offset == offset)
    }

    @Test(arguments: ["", "/", "t/1", "t/x/1", "t/1/", "t/1/99999999999999999999"])
    func otherTextIsNoSource(text: String) {
        #expect(StoredSource(text) == nil)
    }

    @Test(
        arguments: [
            0, 9, 10, 99, 100, 999_999_999, 1_000_000_000, .max, .max - 1, 10_000_000_000_000_000_000,
        ] as [UInt64])
    func wholeNumbersAreDecimal(number: UInt64) {
        #expect(Self.text { $0.append(decimal: number) } == "\(number)")
        let signed = Int64(truncatingIfNeeded: number)
        #expect(Self.text { $0.append(decimal: signed) } == "\(signed)")
    }
}
