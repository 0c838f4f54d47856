import Events
import Pipeline
import Testing

@testable import KafkaLog

@Suite(.ownThread) struct LogPlacesTests {
    /// A user's events stand where producers of the JVM would put them, and ours do.
    @Test func keysFallIntoThePartitionsThatProducersGiveThem() throws {
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 6])
        let connection = KafkaConnection(bootstrapServers: broker.bootstrapServers)
        let users =
            (0..<60).map { "user-\($0)" } + ["1", "42", "é", "日本語", String(repeating: "x", count: 128)]
        var producer = try EventProducer(connection) { _ in }
        for user in users {
            try Array(user.utf8).withUnsafeBytes { bytes in
                try producer.send(topic: "ratings.v1", key: bytes, value: bytes)
            }
        }
        _ = try producer.flush(timeoutMs: 30_000)
        var found: [String: Int32] = [:]
        var source = try CatalogSource(connection, topic: "ratings.v1") { _ in }
        for _ in 0..<400 where found.count < users.count {
            try source.poll(limit: 1_000, timeoutMs: 50) { arrival in
                switch arrival {
                case .record(let record):
                    let key = record.key.map { String(decoding: $0, as: UTF8.self) } ?? ""
                    found[key] = record.position.lane.partition
                default: break
                }
            }
        }
        #expect(found.count == users.count)
        for user in users {
            let id = try #require(Identifier(user))
            #expect(found[user] == KeyPartition.of(id, partitions: 6), "\(user)")
        }
        // The value that Kafka's own tests expect.
        #expect(
            KeyPartition.of(try #require(Identifier("foobar")), partitions: 1 << 30) == 1_357_151_166
                % (1 << 30))
    }

    @Test func tellsWherePartitionsBeginAndEnd() throws {
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 2, "feedback.v1": 1])
        let connection = KafkaConnection(bootstrapServers: broker.bootstrapServers)
        var producer = try EventProducer(connection) { _ in }
        for _ in 0..<5 {
            try Array("42".utf8).withUnsafeBytes { bytes in
                try producer.send(topic: "ratings.v1", key: bytes, value: bytes)
            }
        }
        _ = try producer.flush(timeoutMs: 30_000)
        let mine = KeyPartition.of(try #require(Identifier("42")), partitions: 2)
        let topics: [Topic: String] = [
            .ratings: "ratings.v1", .feedback: "feedback.v1", .erasures: "none.v1",
        ]
        for (start, first) in [(StartPosition.latest, Int64(5)), (.earliest, 0)] {
            let places = try LogPlaces.look(connection, topics: topics, start: start)
            #expect(places.map(\.lane.topic) == [.ratings, .ratings, .feedback])
            #expect(places.map(\.high) == [mine == 0 ? 5 : 0, mine == 1 ? 5 : 0, 0])
            #expect(places.allSatisfy { $0.low == 0 })
            #expect(places.first { $0.lane.partition == mine }?.start == first)
        }
    }

    @Test func aBrokerThatIsAwayIsAnErrorWithTheMend() {
        #expect {
            try LogPlaces.look(
                KafkaConnection(bootstrapServers: "127.0.0.1:1"), topics: [.ratings: "r"], start: .latest,
                timeoutMs: 3_000)
        } throws: { "\($0)".contains("127.0.0.1:1") }
    }
}
