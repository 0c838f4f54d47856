import Events
import KafkaLog
import Pipeline
import Synchronization

/// An arrival with its bytes copied, to be compared.
enum Seen: Equatable {
    case record(Lane, offset: Int64, key: [UInt8]?, value: [UInt8]?, headers: [Header], arrivedMs: Int64?)
    case decoded(Lane, count: Int)
    case end(Lane, next: Int64)
    case assigned([Lane])
    case revoked([Lane])

    init(_ arrival: borrowing Arrival) {
        switch arrival {
        case .record(let record):
            self = .record(
                record.position.lane, offset: record.position.offset, key: record.key.map(Array.init),
                value: record.value.map(Array.init), headers: record.headers, arrivedMs: record.arrivedMs)
        case .decoded(let run): self = .decoded(run.lane, count: run.count)
        case .reachedEnd(let lane, let next): self = .end(lane, next: next)
        case .assigned(let lanes): self = .assigned(lanes)
        case .revoked(let lanes): self = .revoked(lanes)
        }
    }

    var lane: Lane? {
        switch self {
        case .record(let lane, _, _, _, _, _), .decoded(let lane, _), .end(let lane, _): lane
        case .assigned, .revoked: nil
        }
    }

    var offset: Int64? { if case .record(_, let offset, _, _, _, _) = self { offset } else { nil } }

    var text: String? {
        guard case .record(_, _, _, let value?, _, _) = self else { return nil }
        return String(decoding: value, as: UTF8.self)
    }
}

/// Polls, at most `pollsMax` times for up to 100 ms each, until what was seen is enough.
func poll<Source: EventSource & ~Copyable>(
    _ source: inout Source, limit: Int = 1_000, pollsMax: Int = 3_000, until enough: ([Seen]) -> Bool
) throws -> [Seen] {
    var seen: [Seen] = []
    for _ in 0..<pollsMax where !enough(seen) {
        try source.poll(limit: limit, timeoutMs: 100) { seen.append(Seen($0)) }
    }
    return seen
}

extension [Seen] {
    var texts: [String] { compactMap(\.text) }
    var ends: [Seen] { filter { if case .end = $0 { true } else { false } } }
}

/// Sends texts under keys, in order, and waits until they are delivered.
func publish(_ connection: KafkaConnection, _ topic: String, _ records: [(key: String, value: String)]) throws
{
    var producer = try EventProducer(connection) { _ in }
    for record in records {
        try Array(record.key.utf8).withUnsafeBytes { key in
            try Array(record.value.utf8).withUnsafeBytes { value in
                try producer.send(topic: topic, key: key, value: value)
            }
        }
    }
    guard try producer.flush(timeoutMs: 20_000), producer.tally.delivered == records.count else {
        throw Trouble(.stop, "the test's records were not delivered: \(producer.tally)")
    }
}

/// Notices, from whichever thread.
final class Notices: Sendable {
    private let kept = Mutex<[KafkaNotice]>([])

    var all: [KafkaNotice] { kept.withLock { $0 } }
    func contains(_ words: String) -> Bool { count(words) > 0 }
    func count(_ words: String) -> Int { all.count { $0.text.contains(words) } }
    func keep(_ notice: KafkaNotice) { kept.withLock { $0.append(notice) } }
}

let ratings = "ratings.v1"

/// Short sessions: a group rebalances within about two seconds.
func quick(_ broker: borrowing EmbeddedBroker) -> KafkaConnection {
    KafkaConnection(
        bootstrapServers: broker.bootstrapServers,
        properties: [
            "session.timeout.ms": "3500", "heartbeat.interval.ms": "200", "reconnect.backoff.max.ms": "200",
        ])
}

extension DeadLetterProducer {
    /// Hands letters over, and asks until they are safe or given up.
    mutating func writeAll(_ letters: [DeadLetter]) throws(Trouble) {
        try write(letters)
        while try !areSafe() {}
    }
}
