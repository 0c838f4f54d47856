import Events
import KafkaLog
import Pipeline
import Testing

@Suite(.ownThread) struct DeadLetterProducerTests {
    private func letter(
        key: [UInt8]?, value: [UInt8]?, headers: [Header] = [], offset: Int64 = 7, rule: Rule = .invalidJSON
    ) -> DeadLetter {
        DeadLetter(
            position: Position(lane: Lane(topic: .feedback, partition: 3), offset: offset), arrivedMs: 1,
            key: key, value: value, headers: headers, refusal: Refusal(rule: rule, reason: "why. Mend it."))
    }

    /// Reads the dead letters back through the catalogue's reader: it takes any topic whole.
    private func read(_ broker: borrowing EmbeddedBroker, count: Int) throws -> [Seen] {
        var source = try CatalogSource(quick(broker), topic: "dead-letters.v1") { _ in }
        return try poll(&source) { $0.compactMap(\.offset).count >= count }.filter { $0.offset != nil }
    }

    @Test func keepsEveryByteAndSaysWhy() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 1])
        var sink = try DeadLetterProducer(
            quick(broker), topic: "dead-letters.v1", sources: [.feedback: "feedback.v1"]
        ) { _ in }
        let bytes: [UInt8] = [0, 255, 0xC3, 0x28, 10]
        let own = [Header(name: "ce_id", value: [1]), Header(name: "x", value: nil)]
        try sink.writeAll(
            [
                letter(key: bytes, value: bytes.reversed(), headers: own),
                letter(key: nil, value: nil, offset: 8, rule: .emptyValue),
                letter(key: [], value: [], offset: 9, rule: .invalidRating),
            ])
        let seen = try read(broker, count: 3)
        let expected: [(key: [UInt8]?, value: [UInt8]?, own: [Header], texts: [String])] = [
            (bytes, bytes.reversed(), own, ["7", "VALUE_CONVERTER", "invalid-json"]),
            (nil, nil, [], ["8", "VALUE_CONVERTER", "empty-value"]),
            ([], [], [], ["9", "TRANSFORMATION", "invalid-rating"]),
        ]
        try #require(seen.count == 3)
        for (one, (key, value, own, texts)) in zip(seen, expected) {
            guard case .record(_, _, let seenKey, let seenValue, let headers, let arrivedMs) = one else {
                continue
            }
            #expect(seenKey == key)
            #expect(seenValue == value)
            #expect((arrivedMs ?? 0) > 1_700_000_000_000)
            let reasons = [
                ("__connect.errors.topic", "feedback.v1"), ("__connect.errors.partition", "3"),
                ("__connect.errors.offset", texts[0]), ("__connect.errors.stage", texts[1]),
                ("__connect.errors.exception.class.name", "freshet.Refusal"),
                ("__connect.errors.exception.message", "why. Mend it."), ("freshet.rule", texts[2]),
            ]
            #expect(headers == own + reasons.map { Header(name: $0.0, value: Array($0.1.utf8)) })
        }
    }

    @Test func carriesTenMegabytes() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 1])
        var sink = try DeadLetterProducer(quick(broker), topic: "dead-letters.v1", sources: [:]) { _ in }
        // Noise of a sort, so that compression does not make it small.
        var state: UInt32 = 1
        let value = (0..<(10 << 20)).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        try sink.writeAll([letter(key: [1], value: value, rule: .tooLarge)])
        guard case .record(_, _, _, let seen, _, _)? = try read(broker, count: 1).first else {
            Issue.record("no dead letter arrived")
            return
        }
        let isSame = seen == value
        #expect(isSame)
    }

    /// Learning goes on while the brokers take their time: a leader that moves may need ten seconds.
    @Test func nobodyWaitsForBrokersThatDoNotAnswer() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 1])
        var sink = try DeadLetterProducer(
            quick(broker), topic: "dead-letters.v1", sources: [:], timeoutMs: .max
        ) { _ in }
        broker.setDown(true)
        try sink.write([letter(key: nil, value: [1]), letter(key: nil, value: [2], offset: 8)])
        for _ in 0..<3 { #expect(try sink.areSafe() == false) }
        broker.setDown(false)
        while try !sink.areSafe() {}
        #expect(try read(broker, count: 2).count == 2)
    }

    @Test func givesUpInBoundedTimeAndSucceedsAfterwards() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 1])
        var sink = try DeadLetterProducer(
            quick(broker), topic: "dead-letters.v1", sources: [:], timeoutMs: 300
        ) { _ in }
        broker.setDown(true)
        do {
            try sink.writeAll([letter(key: nil, value: [1])])
            Issue.record("a write without a broker succeeded")
        } catch {
            #expect(error.cure == .tryAgain)
            #expect(error.message.contains("1 of 1 dead letters did not reach topic 'dead-letters.v1'"))
        }
        broker.setDown(false)
        var written = false
        for _ in 0..<100 where !written {
            do {
                try sink.writeAll([letter(key: nil, value: [2])])
                written = true
            } catch {
                #expect(error.cure == .tryAgain)
            }
        }
        #expect(written)
        guard case .record(_, _, _, let value, _, _)? = try read(broker, count: 1).last else { return }
        #expect(value == [2])
    }
}
