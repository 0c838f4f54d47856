import Events
import KafkaLog
import Telemetry

/// A dead letter as a person looks at it: where it came from, why it was refused, and what it holds, in bounds.
struct ShownLetter: Sendable {
    let partition: Int32
    let offset: Int64
    let keptMs: Int64?
    private let rule: String
    private let attempt: Int
    private let reason: String?
    private let stage: String?
    private let source: (topic: String?, partition: String?, offset: String?)
    private let key: ShownBytes?
    private let value: ShownBytes?
    private let headers: [(name: String, value: ShownBytes?)]
    private let headersLeftOut: Int

    /// What is shown of a key or of a header at most.
    private static let smallBytesMax = 256
    private static let headersMax = 64

    /// - Parameter bytesMax: what is kept of the value at most.
    init(_ letter: borrowing KeptLetter, bytesMax: Int) {
        (partition, offset, keptMs) = (letter.place.partition, letter.place.offset, letter.keptMs)
        (rule, attempt) = (letter.ruleName, letter.attempt)
        (reason, stage) = (letter.text(of: .exceptionMessage), letter.text(of: .stage))
        source = (letter.sourceTopic, letter.text(of: .partition), letter.text(of: .offset))
        key = ShownBytes(letter.key, bytesMax: Self.smallBytesMax)
        value = ShownBytes(letter.value, bytesMax: bytesMax)
        let own = letter.ownHeaders
        headersLeftOut = max(0, own.count - Self.headersMax)
        headers = own.prefix(Self.headersMax).map { header in
            let bytes = header.value.map {
                ShownBytes(count: $0.count, first: Array($0.prefix(Self.smallBytesMax)))
            }
            return (String(header.name.prefix(Self.smallBytesMax)), bytes)
        }
    }

    func text(topic: String, nowMs: Int64) -> String {
        var lines = ["\(topic) \(partition)/\(offset)\(kept(nowMs: nowMs))"]
        lines.append("  rule    \(printable(rule))\(attempt > 1 ? ", try \(attempt)" : "")")
        if let reason { lines.append("  reason  \(printable(reason))") }
        lines.append("  from    \(printable(origin))")
        lines.append("  key     \(key?.line ?? "null")")
        for header in headers {
            lines.append("  header  \(printable(header.name)): \(header.value?.line ?? "null")")
        }
        if headersLeftOut > 0 { lines.append("  header  ... \(headersLeftOut) more") }
        lines.append("  value   \(ShownBytes.size(value))")
        lines += (value?.lines ?? []).map { "    \($0)" }
        return lines.map { "\($0)\n" }.joined()
    }

    var json: JSON {
        [
            "partition": .whole(Int(partition)), "offset": .whole(Int(offset)), "kept": .moment(keptMs),
            "rule": .text(rule), "reason": .text(orNull: reason), "stage": .text(orNull: stage),
            "attempt": .whole(attempt),
            "source": [
                "topic": .text(orNull: source.topic), "partition": .text(orNull: source.partition),
                "offset": .text(orNull: source.offset),
            ],
            "key": key?.json ?? .null,
            "headers": .list(
                headers.map { ["name": .text($0.name), "value": $0.value?.json ?? .null] }),
            "value": value?.json ?? .null,
        ]
    }

    private func kept(nowMs: Int64) -> String {
        guard let keptMs else { return "" }
        return ", kept \(RFC3339.text(epochMs: keptMs)), \(Age.text(since: keptMs, nowMs: nowMs))"
    }

    private var origin: String {
        guard let topic = source.topic else { return "(its headers do not say)" }
        guard let partition = source.partition, let offset = source.offset else { return topic }
        return "\(topic) \(partition)/\(offset)"
    }
}

extension ShownLetter {
    /// By when it was kept.
    var order: (Int64, Int32, Int64) { (keptMs ?? .min, partition, offset) }
}
