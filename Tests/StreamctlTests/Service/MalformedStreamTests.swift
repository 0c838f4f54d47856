import Events
import KafkaLog
import Pipeline
import RedisLists
import Settings
import Testing

@testable import streamctl

/// A stream of which every third message is malformed, through the real broker.
@Suite(.ownThread) struct MalformedStreamTests {
    private static let badCount = 1_000
    private static let goodCount = 2_000
    private static let users = 40

    @Test func everyBadMessageIsADeadLetterAndEveryGoodOneIsLearned() throws {
        let servers = try startServers()
        let wiring = servers.wiring
        let bad = (0..<Self.badCount).map { MalformedMessages.message($0) }
        #expect(Set(bad.map(\.rule)).count >= 20)
        try Message.publish(Self.mixed(bad.map(\.message)), wiring)
        var engine = try wiring.makeEngine()
        try drive(&engine, toRead: Self.badCount + Self.goodCount)

        let accounting = engine.core.accounting
        #expect(accounting.isBalanced)
        #expect(accounting.learned == UInt64(Self.goodCount))
        #expect(accounting.rejected == UInt64(Self.badCount))
        for rule in Rule.allCases {
            #expect(accounting.rejected(by: rule) == UInt64(bad.count { $0.rule == rule }), "\(rule)")
        }
        var letters = try TopicReader(wiring.settings.kafka.topics.deadLetters, wiring)
        try letters.read(Self.badCount)
        try expectLetters(letters.found, of: bad, wiring)

        var front = Front(servers)
        let listed = try front.reader.users(limit: 1_000)
        #expect(listed.count == Self.users)
    }

    @Test func tenMegabytesAreRefusedWholeAndTheStreamGoesOn() throws {
        let servers = try startServers(partitions: 1)
        let wiring = servers.wiring
        // Noise of a sort, so that compression does not make it small.
        var state: UInt32 = 1
        let value = (0..<(10 << 20)).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        // The embedded broker gives up whatever stands in a partition beside so large a record.
        let large = Message(topic: .feedback, key: [1, 2], value: value)
        try Message.publish(
            [.rating(user: "a", item: "1", timestampMs: 1_700_000_000_000), large], wiring)
        var engine = try wiring.makeEngine()
        try drive(&engine, toRead: 2)
        try Message.publish([.rating(user: "b", item: "1", timestampMs: 1_700_000_000_001)], wiring)
        try drive(&engine, toRead: 3)

        let accounting = engine.core.accounting
        #expect(accounting.learned == 2)
        #expect(accounting.rejected(by: .tooLarge) == 1)
        var letters = try TopicReader(wiring.settings.kafka.topics.deadLetters, wiring)
        try letters.read(1)
        let isSame = letters.found[0].key == large.key && letters.found[0].value == large.value
        #expect(isSame)
        #expect(letters.found[0].text(of: "freshet.rule") == "too-large")
    }

    /// The bad ones in the midst of ratings by some users.
    private static func mixed(_ bad: [Message]) -> [Message] {
        let good = (0..<goodCount).map { number in
            Message.rating(
                user: "user-\(number % users)", item: "item-\(number / users)",
                rating: Double(number % 9 + 1) / 2, timestampMs: 1_700_000_000_000 + Int64(number))
        }
        return bad.indices.flatMap { [good[2 * $0], bad[$0], good[2 * $0 + 1]] }
    }

    /// Each letter is one of the bad messages byte for byte, says the right rule, and names the place in the log
    /// where the message stands.
    private func expectLetters(
        _ letters: [Standing], of bad: [(message: Message, rule: Rule)], _ wiring: Wiring
    ) throws {
        var expected: [Place: (message: Message, rule: Rule)] = [:]
        for topic in Topic.allCases {
            let sent = bad.filter { $0.message.topic == topic }
            let name = try #require(wiring.topics[topic])
            var reader = try TopicReader(name, wiring)
            try reader.read(sent.count + (topic == .ratings ? Self.goodCount : 0))
            var unplaced = sent
            for standing in reader.found {
                let message = Message(
                    topic: topic, key: standing.key, value: standing.value, headers: standing.headers)
                guard let index = unplaced.firstIndex(where: { $0.message == message }) else { continue }
                let place = Place(topic: name, partition: standing.partition, offset: standing.offset)
                expected[place] = unplaced.remove(at: index)
            }
            #expect(unplaced.isEmpty)
        }
        #expect(letters.count == bad.count)
        var wrong: [String] = []
        for letter in letters {
            guard let place = letter.place, let (message, rule) = expected.removeValue(forKey: place) else {
                wrong.append("a letter for no place: \(letter.headers)")
                continue
            }
            let isWhole =
                letter.key == message.key && letter.value == message.value
                && Array(letter.headers.prefix(message.headers.count)) == message.headers
            let stage = letter.text(of: "__connect.errors.stage")
            let reason = letter.text(of: "__connect.errors.exception.message") ?? ""
            if !isWhole || letter.text(of: "freshet.rule") != rule.rawValue
                || letter.text(of: "__connect.errors.exception.class.name") != "freshet.Refusal"
                || !["VALUE_CONVERTER", "TRANSFORMATION"].contains(stage) || !reason.contains(": ")
            {
                wrong.append("\(rule): \(letter.headers)")
            }
        }
        #expect(wrong == [])
        #expect(expected.isEmpty)
    }
}

/// A place in the log, by the topic's name.
private struct Place: Hashable {
    var topic: String
    var partition: Int32
    var offset: Int64
}

extension Standing {
    /// The last header of a name, as text.
    func text(of name: String) -> String? {
        headers.last { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
    }

    /// Where a dead letter says that its record stands.
    fileprivate var place: Place? {
        guard let topic = text(of: "__connect.errors.topic"),
            let partition = text(of: "__connect.errors.partition").flatMap(Int32.init),
            let offset = text(of: "__connect.errors.offset").flatMap(Int64.init)
        else { return nil }
        return Place(topic: topic, partition: partition, offset: offset)
    }
}
