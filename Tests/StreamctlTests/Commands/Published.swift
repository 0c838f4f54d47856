import Events
import KafkaLog
import Pipeline

/// A record as a consumer finds it.
struct Published: Equatable {
    var topic: Topic
    var key: String
    var value: String
    /// What a worker makes of it; `nil` where it would be a dead letter.
    var event: Event?
    var arrivedMs: Int64?
}

/// Reads topics to their ends.
func published(at servers: String, topics: [Topic: String] = [.ratings: "ratings.v1"]) throws -> [Published] {
    let connection = KafkaConnection(
        bootstrapServers: servers,
        properties: ["session.timeout.ms": "3000", "heartbeat.interval.ms": "200"])
    var source = try KafkaSource(connection, group: "test", topics: topics) { _ in }
    var decoder = EventDecoder()
    var found: [Published] = []
    var lanes: Set<Lane> = []
    var ends: Set<Lane> = []
    for _ in 0..<200 where lanes.isEmpty || ends != lanes {
        try source.poll(limit: 1_000, timeoutMs: 100) { arrival in
            switch arrival {
            case .assigned(let assigned): lanes.formUnion(assigned)
            case .revoked(let revoked): lanes.subtract(revoked)
            case .reachedEnd(let lane, _): ends.insert(lane)
            case .record(let record):
                ends.remove(record.position.lane)
                found.append(
                    Published(
                        topic: record.position.lane.topic, key: text(record.key), value: text(record.value),
                        event: try? decoder.decode(record), arrivedMs: record.arrivedMs))
            }
        }
    }
    return found
}

private func text(_ bytes: UnsafeRawBufferPointer?) -> String {
    bytes.map { String(decoding: $0, as: UTF8.self) } ?? "-"
}
