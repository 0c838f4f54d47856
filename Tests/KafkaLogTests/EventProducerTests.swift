import Events
import KafkaLog
import Pipeline
import Testing

@Suite(.ownThread) struct EventProducerTests {
    /// The hash of Kafka's JVM clients: MurmurHash2 with their seed, by the published algorithm (A. Appleby).
    private static func murmur2(_ bytes: [UInt8]) -> UInt32 {
        let (multiplier, shift): (UInt32, UInt32) = (0x5bd1_e995, 24)
        var hash = 0x9747_b28c ^ UInt32(bytes.count)
        let whole = bytes.count & ~3
        for start in stride(from: 0, to: whole, by: 4) {
            var word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
            word = word &* multiplier
            word = (word ^ (word >> shift)) &* multiplier
            hash = (hash &* multiplier) ^ word
        }
        if bytes.count > whole {
            for index in whole..<bytes.count { hash ^= UInt32(bytes[index]) << (8 * UInt32(index - whole)) }
            hash = hash &* multiplier
        }
        hash = (hash ^ (hash >> 13)) &* multiplier
        return hash ^ (hash >> 15)
    }

    /// Vectors that Kafka's own tests assert of `Utils.murmur2`.
    @Test(arguments: [
        ("21", -973_932_308), ("foobar", -790_332_482), ("a-little-bit-long-string", -985_981_536),
    ])
    func theOracleHashesAsJavaDoes(key: String, expected: Int32) {
        #expect(Int32(bitPattern: Self.murmur2(Array(key.utf8))) == expected)
    }

    @Test func putsAUserWhereJavaWould() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 7])
        let keys = (1...64).map(String.init) + ["", "é", "a-little-bit-long-string", "user-0000000000001"]
        try publish(quick(broker), ratings, keys.map { ($0, "v") })
        var source = try KafkaSource(quick(broker), group: "g", topics: [.ratings: ratings]) { _ in }
        let seen = try poll(&source) { $0.texts.count >= keys.count }
        for case .record(let lane, _, let key?, _, _, _) in seen {
            #expect(lane.partition == Int32((Self.murmur2(key) & 0x7fff_ffff) % 7))
        }
        #expect(seen.texts.count == keys.count)
    }

    @Test func holdsTheCallerBackAndLosesNothing() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        var connection = quick(broker)
        connection.properties["queue.buffering.max.messages"] = "100"
        var producer = try EventProducer(connection) { _ in }
        let value: [UInt8] = Array("value".utf8)
        for _ in 0..<2_000 {
            try value.withUnsafeBytes { try producer.send(topic: ratings, key: $0, value: $0) }
        }
        let flushed = try producer.flush(timeoutMs: 20_000)
        #expect(flushed)
        let tally = producer.tally
        #expect(tally.delivered == 2_000)
        #expect(tally.failed == 0)
    }

    @Test func saysWhenThereIsNoRoom() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        broker.setDown(true)
        var connection = quick(broker)
        connection.properties["queue.buffering.max.messages"] = "2"
        var producer = try EventProducer(connection) { _ in }
        do {
            for _ in 0..<3 { try producer.send(topic: ratings, key: nil, value: nil, timeoutMs: 60) }
            Issue.record("a full queue took a record")
        } catch {
            #expect(error.cure == .tryAgain)
            #expect(error.message.contains("held back"))
        }
        #expect(producer.waiting == 2)
    }

    @Test func countsWhatIsGivenUp() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        broker.setDown(true)
        var connection = quick(broker)
        connection.properties["message.timeout.ms"] = "200"
        var producer = try EventProducer(connection) { _ in }
        for _ in 0..<3 { try producer.send(topic: ratings, key: nil, value: nil) }
        for _ in 0..<100 where producer.tally.failed < 3 { try producer.serve(timeoutMs: 100) }
        let tally = producer.tally
        #expect(tally.failed == 3)
        #expect(tally.firstFailure == "Local: Message timed out")
    }
}
