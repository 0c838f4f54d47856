import Events
import KafkaLog
import Pipeline
import Testing

/// Partitions get another leader while they are read.
@Suite(.ownThread) struct LeaderTests {
    @Test func aLeaderThatMovesCostsNothing() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 2], brokers: 3)
        var connection = quick(broker)
        connection.properties["topic.metadata.refresh.fast.interval.ms"] = "50"
        let notices = Notices()
        var source = try KafkaSource(
            connection, group: "g", topics: [.ratings: ratings], onNotice: notices.keep)
        var seen: [Seen] = []
        for round in 0..<4 {
            let texts = (0..<50).map { (key: "user-\($0)", value: "\(round)-\($0)") }
            try publish(connection, ratings, texts)
            let wanted = Set(texts.map(\.value))
            seen += try poll(&source) { wanted.isSubset(of: $0.texts) }
            for partition in Int32(0)..<2 {
                broker.moveLeader(
                    of: ratings, partition: partition, to: Int32((round + Int(partition)) % 3 + 1))
            }
        }
        #expect(seen.texts.count == 200 && Set(seen.texts).count == 200)
        #expect(seen.filter { if case .revoked = $0 { true } else { false } }.isEmpty)
        #expect(notices.all.allSatisfy { $0.level < .warning }, "\(notices.all)")
    }
}
