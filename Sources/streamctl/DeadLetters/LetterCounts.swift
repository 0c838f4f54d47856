import KafkaLog
import Telemetry

/// What lies in the dead letters, by the rule that refused it. Bounded, whatever names the headers hold.
struct LetterCounts {
    struct Entry {
        var rule: String
        var count = 0
        /// When the first and the last were kept; `nil` where no record says.
        var firstMs: Int64?
        var lastMs: Int64?
        var topics: [String: Int] = [:]
    }

    private(set) var count = 0
    private var byRule: [String: Entry] = [:]

    /// Different names that are told apart; what comes after goes under one.
    static let rulesMax = 256
    static let topicsMax = 64
    static let others = "(others)"

    mutating func add(_ letter: borrowing KeptLetter) {
        let (rule, topic, keptMs) = (letter.ruleName, letter.sourceTopic ?? "(unknown)", letter.keptMs)
        count += 1
        let name = byRule[rule] != nil || byRule.count < Self.rulesMax ? rule : Self.others
        byRule[name, default: Entry(rule: name)].add(topic, keptMs)
    }

    /// The most frequent first.
    var entries: [Entry] {
        byRule.values.sorted { ($1.count, $0.rule) < ($0.count, $1.rule) }
    }

    func text(topic: String, nowMs: Int64) -> String {
        guard count > 0 else { return "\(topic): no such letters\n" }
        var table = TextTable(["RULE", "LETTERS", "OLDEST", "NEWEST", "FROM"], rightAligned: [1])
        for entry in entries {
            let from = entry.topicsByCount.map { "\($0.name) \(grouped(UInt64($0.count)))" }
            table.add([
                entry.rule, grouped(UInt64(entry.count)), Age.text(since: entry.firstMs, nowMs: nowMs),
                Age.text(since: entry.lastMs, nowMs: nowMs), from.joined(separator: ", "),
            ])
        }
        let lines = ["\(topic): \(counted(count, "letter"))"] + table.lines
        return lines.map { "\($0)\n" }.joined()
    }

    func json(topic: String) -> JSON {
        let rules = entries.map { entry -> JSON in
            let topics = entry.topicsByCount.map { topic -> JSON in
                ["topic": .text(topic.name), "count": .whole(topic.count)]
            }
            return [
                "rule": .text(entry.rule), "count": .whole(entry.count),
                "first": .moment(entry.firstMs), "last": .moment(entry.lastMs), "topics": .list(topics),
            ]
        }
        return ["topic": .text(topic), "letters": .whole(count), "rules": .list(rules)]
    }
}

extension LetterCounts.Entry {
    fileprivate mutating func add(_ topic: String, _ keptMs: Int64?) {
        count += 1
        let isRoom = topics[topic] != nil || topics.count < LetterCounts.topicsMax
        topics[isRoom ? topic : LetterCounts.others, default: 0] += 1
        guard let keptMs else { return }
        firstMs = min(firstMs ?? keptMs, keptMs)
        lastMs = max(lastMs ?? keptMs, keptMs)
    }

    fileprivate var topicsByCount: [(name: String, count: Int)] {
        topics.map { (name: $0.key, count: $0.value) }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }
}
