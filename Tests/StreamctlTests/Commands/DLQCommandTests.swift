import Events
import Foundation
import KafkaLog
import Pipeline
import Settings
import Testing

@testable import streamctl

@Suite(.ownThread) struct DLQCommandTests {
    /// A letter is refused, listed, shown, sent back, refused again, and so on until it was tried often enough.
    @Test func whatIsNotMendedComesBackUntilItsTriesAreOver() throws {
        let servers = try startServers()
        let wiring = servers.wiring
        let trace = Header(name: "trace", value: [0xFF, 0])
        let bad = Message(
            topic: .ratings, key: [0, 0xFE], value: Array(#"{"user_id":"u","rating":4}"#.utf8),
            headers: [trace])
        try Message.publish([bad, .rating(user: "u", item: "1", timestampMs: 1_700_000_000_000)], wiring)
        var engine = try wiring.makeEngine()
        try drive(&engine, toRead: 2)
        let at = "--set kafka.brokers=\(servers.broker.bootstrapServers)"

        for attempt in 1...3 {
            // Each reading finds the letters of all tries until now.
            let listed = try dlq("list \(at)")
            #expect(listed.output.contains("dead-letters.v1: \(counted(attempt, "letter"))\n"), "\(listed)")
            #expect(listed.output.contains("missing-item"))
            let shown = try dlq("show \(at) -n 1")
            #expect(
                shown.output.contains("  rule    missing-item\(attempt > 1 ? ", try \(attempt)" : "")\n"),
                "\(shown)")
            #expect(shown.output.contains("  key     00 fe\n  header  trace: ff 00\n  value   26 bytes\n"))
            #expect(shown.output.contains(#"    {"user_id":"u","rating":4}"#))

            // Of the letters of one record only the newest counts, whatever is chosen.
            let dry = try dlq("replay \(at) --dry-run")
            let replayed = try dlq("replay \(at)")
            #expect(replayed.code == .done, "\(replayed)")
            #expect(replayed.output.hasPrefix("dead-letters.v1: \(counted(attempt, "letter")) read"))
            if attempt > 1 {
                let left = "  \(counted(attempt - 1, "letter")) left out: sent back before and refused again"
                #expect(replayed.output.contains(left), "\(replayed)")
            }
            guard attempt < 3 else {
                for heard in [dry, replayed] {
                    #expect(heard.output.contains("  1 letter left out: tried 3 times or more"), "\(heard)")
                    #expect(!heard.output.contains("back to"))
                }
                break
            }
            #expect(dry.output.contains("  1 letter would go back to ratings.v1\n"), "\(dry)")
            #expect(replayed.output.contains("  1 letter sent back to ratings.v1\n"), "\(replayed)")
            try drive(&engine, toRead: attempt + 2)
        }
        #expect(engine.core.accounting.rejected == 3)
        #expect(engine.core.accounting.isBalanced)

        var log = try TopicReader("ratings.v1", wiring)
        try log.read(4)
        let tries = log.found.filter { $0.key == bad.key }
        #expect(tries.map(\.value) == Array(repeating: bad.value, count: 3))
        #expect(tries.map { $0.text(of: "freshet.attempt") } == [nil, "2", "3"])
        #expect(tries.map { $0.text(of: "freshet.letter") } == [nil, "0/0", "0/1"])
        #expect(
            tries.map { $0.headers.filter { !$0.name.hasPrefix("freshet.") } }
                == Array(repeating: [trace], count: 3))
    }

    /// Every kind of malformed message with odd keys and headers goes back as it came.
    @Test func everyByteGoesBack() throws {
        let servers = try startServers()
        let wiring = servers.wiring
        let bad = (0..<90).map { MalformedMessages.message($0).message }
        try Message.publish(bad, wiring)
        var engine = try wiring.makeEngine()
        try drive(&engine, toRead: bad.count)
        let heard = try dlq("replay --json --set kafka.brokers=\(servers.broker.bootstrapServers)")
        #expect(heard.code == .done)
        let report = try object(heard.output)
        #expect(report["delivered"] as? Int == bad.count)
        #expect((report["left_out"] as? [Any])?.isEmpty == true)
        try drive(&engine, toRead: 2 * bad.count)
        for topic in Topic.allCases {
            let sent = bad.filter { $0.topic == topic }
            let name = try #require(wiring.topics[topic])
            var log = try TopicReader(name, wiring)
            try log.read(2 * sent.count)
            var again = log.found.compactMap { standing -> Message? in
                guard let attempt = standing.text(of: "freshet.attempt") else { return nil }
                #expect(attempt == "2")
                return Message(
                    topic: topic, key: standing.key, value: standing.value,
                    headers: standing.headers.filter { !$0.name.hasPrefix("freshet.") })
            }
            for message in sent {
                let place = again.firstIndex(of: message)
                #expect(place != nil, "\(message)")
                if let place { again.remove(at: place) }
            }
            #expect(again.isEmpty)
        }
    }

    /// After an outage, or where two readers share the topic, letters of one record stand there more than once.
    @Test func aRecordGoesBackOnceHoweverManyLettersItHas() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 1, "ratings.v1": 1])
        var settings = Settings()
        settings.kafka.brokers = broker.bootstrapServers
        let wiring = Wiring(settings: settings)
        var sink = try DeadLetterProducer(wiring.kafka, topic: "dead-letters.v1", sources: wiring.topics) {
            _ in
        }
        let letters = [1, 2].map { offset in
            DeadLetter(
                position: Position(lane: Lane(topic: .ratings, partition: 0), offset: offset), arrivedMs: nil,
                key: [1], value: [2], headers: [], refusal: Refusal(rule: .invalidJSON, reason: "why"))
        }
        for _ in 0..<3 {
            try sink.write(letters)
            while try !sink.areSafe() {}
        }
        let at = "--set kafka.brokers=\(broker.bootstrapServers)"
        let left = "  4 letters left out: of records of which another letter goes back\n"
        let dry = try dlq("replay --dry-run \(at)")
        #expect(dry.output.contains("  2 letters would go back to ratings.v1\n\(left)"), "\(dry)")
        #expect(try dlq("replay \(at)").output.contains("  2 letters sent back to ratings.v1\n\(left)"))
        #expect(try published(at: broker.bootstrapServers, named: "ratings.v1").count == 2)
    }

    @Test func choosesByRuleTimeAndPlace() throws {
        let broker = try letters([
            ("invalid-json", "ratings.v1"), ("invalid-json", "feedback.v1"), ("missing-user", "ratings.v1"),
            ("invalid-json", "ratings.v1"),
        ])
        let at = "--set kafka.brokers=\(broker.bootstrapServers)"
        let choices: [(String, Int)] = [
            ("", 4), ("--rule invalid-json", 3), ("--rule invalid-json --rule missing-user", 4),
            ("--rule nothing", 0), ("--partition 0", 4), ("--partition 0 --at 1", 1),
            ("--partition 0 --at 2-", 2), ("--partition 0 --at 0-1 --rule invalid-json", 2),
            ("--partition 0 --at 9", 0), ("--from 2020-01-01", 4), ("--to 2020-01-01", 0),
            ("--from 2020-01-01 --to 2999-01-01", 4), ("--from 2999-01-01", 0),
        ]
        for (choice, count) in choices {
            let listed = try object(try dlq("list --json \(at) \(choice)").output)
            #expect(listed["letters"] as? Int == count, "\(choice)")
            let shown = try object(try dlq("show --json \(at) \(choice)").output)
            #expect(shown["chosen"] as? Int == count, "\(choice)")
            let replayed = try object(try dlq("replay --dry-run --json \(at) \(choice)").output)
            #expect(replayed["chosen"] as? Int == count, "\(choice)")
        }
        for (offset, count) in [("earliest", 4), ("latest", 0), ("last=1h", 4), ("ts=2999-01-01", 0)] {
            let listed = try object(try dlq("list --json \(at) --offset \(offset)").output)
            #expect(listed["letters"] as? Int == count, "\(offset)")
        }
    }

    @Test func countsByRuleAndTopic() throws {
        let broker = try letters([
            ("invalid-json", "ratings.v1"), ("missing-user", "feedback.v1"), ("invalid-json", "feedback.v1"),
            (nil, nil), ("a\u{1B}[2J", "ratings.v1"), ("invalid-json", "ratings.v1"),
        ])
        let heard = try dlq("list --set kafka.brokers=\(broker.bootstrapServers)")
        let lines = heard.output.split(separator: "\n").map { $0.split(whereSeparator: { $0 == " " }) }
        #expect(lines[0].joined(separator: " ") == "dead-letters.v1: 6 letters")
        #expect(lines[1].joined(separator: " ") == "RULE LETTERS OLDEST NEWEST FROM")
        #expect(lines[2].prefix(2) == ["invalid-json", "3"])
        #expect(lines[2].suffix(4) == ["ratings.v1", "2,", "feedback.v1", "1"])
        #expect(lines[3...].map { $0[0] } == ["(none)", "a\\u{1B}[2J", "missing-user"])
        #expect(!heard.output.contains("\u{1B}"))
    }

    @Test func goesOnlyWhereItMay() throws {
        let broker = try letters([
            ("invalid-json", "ratings.v1"), ("invalid-json", "orders"), ("invalid-json", "gone"), (nil, nil),
            ("invalid-json", "dead-letters.v1"),
        ])
        try broker.create("orders", partitions: 1)
        let at = "--set kafka.brokers=\(broker.bootstrapServers)"
        let heard = try dlq("replay --dry-run \(at)")
        #expect(
            heard.output == """
                dead-letters.v1: 5 letters read, 5 chosen
                  1 letter would go back to ratings.v1
                  3 letters left out: from topics that are not ours, see --allow-topic (dead-letters.v1, gone, orders)
                  1 letter left out: their headers do not say where they came from

                """)
        let allowed = try dlq("replay \(at) --allow-topic orders --allow-topic gone --rule invalid-json")
        #expect(allowed.code == .done, "\(allowed)")
        #expect(allowed.output.contains("  1 letter sent back to orders\n"))
        #expect(allowed.output.contains("  1 letter left out: from topics that do not exist any more"))
        #expect(try published(at: broker.bootstrapServers, named: "orders").map(\.value) == ["value 1"])
        let itself = try dlq("replay \(at) --allow-topic dead-letters.v1")
        #expect(itself.code == .wrongUsage)
    }

    @Test func showsAnythingSafely() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 1])
        var settings = Settings()
        settings.kafka.brokers = broker.bootstrapServers
        settings.kafka.topics.ratings = "dead-letters.v1"
        let wiring = Wiring(settings: settings)
        let esc = Array("\u{1B}]0;x\u{7}\r\nline \u{202E}é".utf8)
        try Message.publish(
            [
                Message(topic: .ratings, key: nil, value: nil),
                Message(
                    topic: .ratings, key: esc, value: esc, headers: [Header(name: "\u{1B}[0m", value: esc)]),
                Message(topic: .ratings, key: [], value: (0...255).map { UInt8($0) }),
                Message(
                    topic: .ratings, key: [0xC3], value: Array(String(repeating: "é", count: 9_000).utf8)),
            ], wiring)
        let at = "--set kafka.brokers=\(broker.bootstrapServers)"
        let heard = try dlq("show \(at) --bytes 33")
        let unsafe = heard.output.unicodeScalars.filter {
            $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E
        }
        #expect(unsafe.isEmpty)
        for words in [
            "  key     null\n  value   null\n",
            #"  key     '\u{1B}]0;x\u{7}\r\nline \u{202E}é'"#, #"  header  \u{1B}[0m: '\u{1B}]0;x"#,
            "  key     ''\n  value   256 bytes\n    00000000  00 01 02 03 04 05",
            "    00000010  10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f  |................|\n",
            "    00000020  20                                               | |\n    ... 223 bytes more\n",
            "    \(String(repeating: "é", count: 16))\n    ... 17,968 bytes more\n",
            "4 letters shown, of 4\n",
        ] {
            #expect(heard.output.contains(words), "\(words) is not in \(heard.output)")
        }
        let json = try object(try dlq("show --json \(at) -n 2 --bytes 3").output)
        let shown = try #require(json["letters"] as? [[String: Any]])
        #expect(shown.map { $0["offset"] as? Int } == [2, 3])
        #expect((shown[0]["value"] as? [String: Any])?["hex"] as? String == "000102")
        #expect((shown[1]["value"] as? [String: Any])?["text"] as? String == "é")
        #expect((shown[1]["key"] as? [String: Any])?["hex"] as? String == "c3")
        #expect(shown[0]["rule"] as? String == "(none)")
    }

    @Test func saysWhenThereIsNothing() throws {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 2])
        let at = "--set kafka.brokers=\(broker.bootstrapServers)"
        #expect(try dlq("list \(at)").output == "dead-letters.v1: no such letters\n")
        #expect(try dlq("show \(at)").output == "0 letters shown, of 0\n")
        #expect(try dlq("replay \(at)").output == "dead-letters.v1: 0 letters read, 0 chosen\n")
    }

    @Test(arguments: ["list", "show", "replay"])
    func saysWhyItCannot(verb: String) throws {
        let away = try dlq("\(verb) --set kafka.brokers=127.0.0.1:1")
        #expect(away.code == .failed && away.output.isEmpty)
        #expect(away.failure?.hasPrefix("Kafka at 127.0.0.1:1 does not answer (") == true)
        #expect(away.diagnostics == "")
        let broker = try letters([("x", "ratings.v1")])
        let at = "--set kafka.brokers=\(broker.bootstrapServers)"
        let nowhere = try dlq("\(verb) \(at) --partition 5")
        #expect(nowhere.failure?.contains("has no partition 5: its partitions are 0 to 0.") == true)
        #expect(try dlq("\(verb) \(at) --at 5").code == .wrongUsage)
        #expect(try dlq("\(verb) \(at) --from 2024-01-02 --to 2024-01-01").code == .wrongUsage)
        let stopped = try dlq("\(verb) \(at)", shouldStop: { true })
        #expect(stopped.code == .done || stopped.failure?.contains("interrupted") == true)
    }

    @Test(
        arguments: [
            ("120", 120...120), ("0", 0...0), ("120-180", 120...180), ("5-5", 5...5),
            ("120-", 120...Int64.max),
            ("", nil), ("-", nil), ("-5", nil), ("9-8", nil), ("1-2-3", nil), ("1..2", nil), ("+1", nil),
            ("9223372036854775808", nil), ("1 - 2", nil),
        ] as [(String, ClosedRange<Int64>?)])
    func offsets(text: String, expected: ClosedRange<Int64>?) {
        #expect(Reading<ClosedRange<Int64>>.offsets.parse(text) == expected)
    }

    /// A broker whose dead letters name these rules and topics; without either there is no such header.
    private func letters(_ reasons: [(rule: String?, topic: String?)]) throws -> EmbeddedBroker {
        let broker = try EmbeddedBroker(topics: ["dead-letters.v1": 1, "ratings.v1": 1, "feedback.v1": 1])
        var producer = try EventProducer(broker.connection) { _ in }
        for (number, (rule, topic)) in reasons.enumerated() {
            let headers = [("freshet.rule", rule), ("__connect.errors.topic", topic)].compactMap {
                name, text in
                text.map { Header(name: name, value: Array($0.utf8)) }
            }
            try Array("value \(number)".utf8).withUnsafeBytes { value in
                try producer.send(topic: "dead-letters.v1", key: nil, value: value, headers: headers)
            }
        }
        _ = try producer.flush(timeoutMs: 10_000)
        return broker
    }

    private func dlq(_ line: String, shouldStop: @escaping () -> Bool = { false }) throws -> Heard {
        try hear("dlq \(line)") { (arguments, console) throws(CommandFailure) in
            switch line.split(separator: " ").first {
            case "list": try DLQCommand.runList(arguments, console: console, shouldStop: shouldStop)
            case "show": try DLQCommand.runShow(arguments, console: console, shouldStop: shouldStop)
            default: try DLQCommand.runReplay(arguments, console: console, shouldStop: shouldStop)
            }
        }
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
}
