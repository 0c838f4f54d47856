import Events
import KafkaLog
import Pipeline
import Testing

/// Another thread reads and decodes the next batch while the worker learns.
@Suite(.ownThread) struct ReadAheadTests {
    private static let count = 3_000

    /// Ratings of twenty users, every hundredth of them broken.
    private static let sent = (0..<count).map { number in
        let user = "user-\(number % 20)"
        let text =
            #"{"user_id":"\#(user)","item_id":"i\#(number % 50)","rating":4,"timestamp":\#(1_600_000_000 + number)}"#
        return (key: user, value: number % 100 == 7 ? "no JSON" : text)
    }

    /// What is learned and what is refused does not depend on who decoded it.
    @Test func bringsTheSameAsOneThreadDoes() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 3])
        try publish(quick(broker), ratings, Self.sent)
        let (alone, none) = try learned(from: broker, group: "alone", rules: nil)
        let (together, runs) = try learned(from: broker, group: "together", rules: FieldRules())
        #expect(none == 0)
        #expect(runs > 0)
        #expect(together == alone)
        #expect(alone.accounting.learned == UInt64(Self.count - Self.count / 100))
        #expect(alone.letters.count == Self.count / 100)
    }

    /// A source that ends while a batch is under way leaves it to the next one.
    @Test func losesNothingWhenItEnds() throws {
        let broker = try EmbeddedBroker(topics: [ratings: 1])
        try publish(quick(broker), ratings, Self.sent)
        for _ in 0..<2 {
            var source = try KafkaSource(
                quick(broker), group: "g", topics: [.ratings: ratings], decodingBy: FieldRules()
            ) { _ in }
            let seen = try poll(&source, limit: 10) { seen in seen.contains { $0.lane != nil } }
            #expect(seen.compactMap(\.offset).first == 0)
        }
    }

    private struct Outcome: Equatable {
        var accounting: Accounting
        var letters: [DeadLetter]
        var positions: [Position]
    }

    /// Reads the topic to its end, a hundred records at a time; also, how many runs came decoded.
    private func learned(
        from broker: borrowing EmbeddedBroker, group: String, rules: FieldRules?
    ) throws -> (Outcome, runs: Int) {
        var source = try KafkaSource(
            quick(broker), group: group, topics: [.ratings: ratings], start: .earliest, decodingBy: rules
        ) { _ in }
        var core = Core(options: CoreOptions())
        var store = NoCheckpoints()
        var runs = 0
        for nowMs in 0..<Int64(3_000) where core.accounting.read < Self.count {
            try source.poll(limit: 100, timeoutMs: 100) { arrival in
                switch arrival {
                case .decoded: runs += 1
                default: break
                }
                core.receive(arrival, nowMs: nowMs)
            }
            _ = try core.advance(limit: 100, nowMs: nowMs, recalling: &store)
        }
        return (
            Outcome(accounting: core.accounting, letters: core.letters, positions: core.positions), runs
        )
    }
}
