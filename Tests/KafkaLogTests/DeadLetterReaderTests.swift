import Events
import KafkaLog
import Pipeline
import Testing

@Suite(.ownThread) struct DeadLetterReaderTests {
    private static let topic = "dead-letters.v1"

    private func letter(
        offset: Int64, value: [UInt8]? = [1], headers: [Header] = [], rule: Rule = .invalidJSON
    ) -> DeadLetter {
        DeadLetter(
            position: Position(lane: Lane(topic: .ratings, partition: 2), offset: offset), arrivedMs: 1,
            key: Array("key-\(offset)".utf8), value: value, headers: headers,
            refusal: Refusal(rule: rule, reason: "why. Mend it."))
    }

    private func keep(_ letters: [DeadLetter], at broker: borrowing EmbeddedBroker) throws {
        var sink = try DeadLetterProducer(
            quick(broker), topic: Self.topic, sources: [.ratings: "ratings.v1"]
        ) { _ in }
        try sink.writeAll(letters)
    }

    private func reader(
        _ broker: borrowing EmbeddedBroker, partition: Int32? = nil, from start: LetterStart = .earliest
    ) throws(KafkaError) -> DeadLetterReader {
        try DeadLetterReader.open(
            quick(broker), topic: Self.topic, group: "freshet", partition: partition, start: start
        ) { _ in }
    }

    private struct Found: Equatable {
        var partition: Int32
        var offset: Int64
        var key: [UInt8]?
        var value: [UInt8]?
        var next: [Header]
        var rule: String?
        var attempt: Int
    }

    private func readAll(_ reader: inout DeadLetterReader) throws -> [Found] {
        var found: [Found] = []
        for _ in 0..<3_000 where !reader.isDone {
            try reader.poll(limit: 7, timeoutMs: 100) { letter in
                found.append(
                    Found(
                        partition: letter.place.partition, offset: letter.place.offset,
                        key: letter.key.map(Array.init),
                        value: letter.value.map(Array.init), next: letter.headersForNextAttempt,
                        rule: letter.text(of: .rule), attempt: letter.attempt))
            }
        }
        let isDone = reader.isDone
        #expect(isDone)
        return found
    }

    @Test func readsEveryPartitionToWhereItEndedWhenItBegan() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 3])
        try keep((0..<50).map { letter(offset: $0) }, at: broker)
        var reader = try reader(broker)
        let total = reader.total
        #expect(total == 50)
        try keep((50..<60).map { letter(offset: $0) }, at: broker)
        let found = try readAll(&reader)
        #expect(Set(found.map(\.key)) == Set((0..<50).map { Array("key-\($0)".utf8) }))
        #expect(Set(found.map(\.partition)).count == 3)
        for partition in Int32(0)..<3 {
            let offsets = found.filter { $0.partition == partition }.map(\.offset)
            #expect(offsets == Array(0..<Int64(offsets.count)))
        }
    }

    @Test func theNextTryCarriesTheRecordsOwnHeadersAndItsNumber() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 1])
        let own = [Header(name: "trace", value: [0, 255]), Header(name: "none", value: nil)]
        let tried = Header(name: "freshet.attempt", value: Array("2".utf8))
        let again = Header(name: "__connect.errors.topic", value: Array("elsewhere".utf8))
        try keep(
            [
                letter(offset: 1, headers: own),
                letter(offset: 2, value: nil, headers: [again, tried] + own),
                letter(offset: 3, headers: [Header(name: "freshet.attempt", value: Array("-7".utf8))]),
                letter(offset: 4, headers: [Header(name: "freshet.attempt", value: nil)]),
            ], at: broker)
        var reader = try reader(broker)
        let found = try readAll(&reader)
        #expect(found.map(\.attempt) == [1, 2, 1, 1])
        let expected = zip(["2", "3", "2", "2"], [own, own, [], []]).enumerated().map { place, next in
            next.1 + [
                Header(name: "freshet.attempt", value: Array(next.0.utf8)),
                Header(name: "freshet.letter", value: Array("0/\(place)".utf8)),
            ]
        }
        #expect(found.map(\.next) == expected)
        #expect(found.map(\.value) == [[1], nil, [1], [1]])
        #expect(found.map(\.rule) == Array(repeating: "invalid-json", count: 4))
    }

    @Test(
        arguments: [
            (LetterStart.earliest, 0), (.latest, nil), (.offset(3), 3), (.offset(9), 9), (.offset(10), nil),
            (.offset(.max), nil),
        ] as [(LetterStart, Int64?)])
    func beginsWhereItIsTold(start: LetterStart, first: Int64?) throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 2])
        var sink = try EventProducer(quick(broker)) { _ in }
        for _ in 0..<10 { try sink.send(topic: Self.topic, key: nil, value: nil) }
        // All on one partition or the other: a null key goes anywhere.
        _ = try sink.flush(timeoutMs: 10_000)
        for partition in Int32(0)..<2 {
            var whole = try reader(broker, partition: partition)
            let offsets = try readAll(&whole).map(\.offset)
            var part = try reader(broker, partition: partition, from: start)
            let expected = first.map { first in offsets.filter { $0 >= first } } ?? []
            #expect(try readAll(&part).map(\.offset) == expected)
        }
    }

    @Test func saysWhatIsNotThere() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 2])
        broker.setMissing(true, topic: Self.topic)
        #expect(throws: KafkaError.self) { _ = try reader(broker) }
        broker.setMissing(false, topic: Self.topic)
        do throws(KafkaError) {
            _ = try reader(broker, partition: 2)
            Issue.record("there is no partition 2")
        } catch {
            #expect(error.message.contains("has no partition 2: its partitions are 0 to 1. Choose one"))
        }
        let nowhere = KafkaConnection(bootstrapServers: "127.0.0.1:1")
        do throws(KafkaError) {
            _ = try DeadLetterReader.open(nowhere, topic: Self.topic, group: "freshet") { _ in }
            Issue.record("a reader opened without a broker")
        } catch {
            #expect(error.message.hasPrefix("Kafka at 127.0.0.1:1 does not answer"))
        }
    }

    @Test func waitsForBrokersThatGoAwayInTheMiddle() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 1])
        try keep((0..<200).map { letter(offset: $0, value: [UInt8](repeating: 7, count: 1_000)) }, at: broker)
        let notices = Notices()
        var reader = try DeadLetterReader.open(
            quick(broker), topic: Self.topic, group: "freshet", onNotice: notices.keep)
        broker.setDown(true)
        var before = 0
        for _ in 0..<50 where !notices.contains("does not answer") {
            try reader.poll(limit: 10, timeoutMs: 100) { _ in before += 1 }
        }
        broker.setDown(false)
        #expect(try before + readAll(&reader).count == 200)
        #expect(notices.count("does not answer") <= 1)
    }
}
