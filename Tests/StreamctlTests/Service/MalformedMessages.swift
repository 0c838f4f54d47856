import Events
import Pipeline

/// Messages that must be refused, a kind for each way in which producers go wrong.
enum MalformedMessages {
    struct Kind: Sendable {
        var rule: Rule
        var topic = Topic.ratings
        var value: @Sendable (Int) -> [UInt8]?

        init(_ rule: Rule, _ topic: Topic = .ratings, _ value: @escaping @Sendable (Int) -> String) {
            (self.rule, self.topic) = (rule, topic)
            self.value = { Array(value($0).utf8) }
        }

        init(_ rule: Rule, bytes: @escaping @Sendable (Int) -> [UInt8]?) {
            (self.rule, value) = (rule, bytes)
        }
    }

    /// The number of a message makes it differ from its siblings.
    static let kinds: [Kind] = [
        Kind(.emptyValue, bytes: { _ in nil }),
        Kind(.emptyValue, bytes: { _ in [] }),
        Kind(.emptyValue) { String(repeating: " ", count: $0 % 7 + 1) },
        Kind(.invalidUTF8, bytes: { Array(rating(item: "\($0)é").utf8).filter { $0 != 0xA9 } }),
        Kind(.invalidJSON) { rating(rating: "NaN", item: "\($0)") },
        Kind(.invalidJSON) { rating(rating: "-Infinity", item: "\($0)") },
        Kind(.invalidJSON) { String(rating(item: "\($0)").dropLast($0 % 20 + 1)) },
        Kind(.invalidJSON) { "user \($0) liked it" },
        Kind(.notAnObject) { "[\(rating(item: "\($0)"))]" },
        Kind(.notAnObject) { "\($0)" },
        Kind(.tooDeep) { number in
            let depth = 16 + number % 2_000
            return rating(
                more: #","x":\#(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))"#
            )
        },
        Kind(.duplicateKey) { rating(more: #","rating":\#($0 % 5)"#) },
        Kind(
            .unsupportedFraming,
            bytes: { [0, 0, 0, 0, UInt8($0 % 100), 2, 52, 6, 51, 49, 56, 0, 0, 0x90, 0x40] }),
        Kind(.unknownType) { rating(more: #","type":"refund-\#($0)""#) },
        Kind(.missingUser) { #"{"item_id":"\#($0)","rating":4,"timestamp":1700000000}"# },
        Kind(.missingRating) { #"{"user_id":"u","item_id":"\#($0)","timestamp":1700000000}"# },
        Kind(.missingTimestamp) { #"{"user_id":"u","item_id":"\#($0)","rating":4}"# },
        Kind(.invalidUser) { rating(user: "", item: "\($0)") },
        Kind(.invalidUser) { rating(user: String(repeating: "u", count: 129), item: "\($0)") },
        Kind(.invalidUser) { #"{"user_id":["\#($0)"],"item_id":"1","rating":4,"timestamp":1700000000}"# },
        Kind(.invalidItem) { _ in rating(item: "") },
        Kind(.invalidItem) { _ in rating(item: String(repeating: "i", count: 129)) },
        Kind(.invalidEventID) { _ in rating(more: #","event_id":"""#) },
        Kind(.invalidRating) { rating(rating: #""4""#, item: "\($0)") },
        Kind(.ratingOutOfRange) { rating(rating: "\($0 + 11)") },
        Kind(.ratingOutOfRange) { _ in rating(rating: "1e300") },
        Kind(.invalidTimestamp) { rating(item: "\($0)", time: "true") },
        Kind(.timestampOutOfRange) { rating(item: "\($0)", time: #""0001-01-01T00:00:00Z""#) },
        Kind(.timestampOutOfRange) { rating(item: "\($0)", time: #""9999-12-31T23:59:59Z""#) },
        Kind(.timestampOutOfRange) { rating(item: "\($0)", time: "1e40") },
        Kind(.timestampInFuture) { rating(item: "\($0)", time: #""2099-01-01T00:00:00Z""#) },
        Kind(.missingAction, .feedback) { #"{"user_id":"u","item_id":"\#($0)","timestamp":1700000000}"# },
        Kind(.invalidAction, .feedback) {
            #"{"user_id":"u","item_id":"\#($0)","action":"stare","timestamp":1700000000}"#
        },
        Kind(.invalidField, .catalog) { #"{"item_id":"\#($0)","title":7}"# },
        Kind(.missingUser, .erasures) { #"{"timestamp":\#(1_700_000_000 + $0)}"# },
    ]

    /// Message number `number`, of the kind whose turn it is; keys and headers differ too, and are anything.
    static func message(_ number: Int) -> (message: Message, rule: Rule) {
        let kind = kinds[number % kinds.count]
        let key: [UInt8]? =
            switch number % 4 {
            case 0: nil
            case 1: []
            case 2: Array("user-\(number)".utf8)
            default: [0xFF, 0, UInt8(number % 256)]
            }
        let headers =
            number % 3 == 0
            ? [Header(name: "trace", value: [UInt8(number % 256), 0xFE]), Header(name: "none", value: nil)]
            : []
        return (
            Message(topic: kind.topic, key: key, value: kind.value(number), headers: headers), kind.rule
        )
    }

    private static func rating(
        user: String = "u", rating: String = "4", item: String = "1", time: String = "1700000000",
        more: String = ""
    ) -> String {
        #"{"user_id":"\#(user)","item_id":"\#(item)","rating":\#(rating),"timestamp":\#(time)\#(more)}"#
    }
}
