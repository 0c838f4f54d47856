import Events
import KafkaLog
import Pipeline

/// A record as a consumer finds it.
struct Published: Equatable {
    var key: String
    var value: String
    /// What a worker makes of it; `nil` where it would be a dead letter.
    var event: Event?
    var arrivedMs: Int64?
}

/// Reads a topic to its end, without the seconds that a consumer group takes to form.
func published(at servers: String, _ topic: Topic = .ratings, named name: String = "ratings.v1") throws
    -> [Published]
{
    var source = try CatalogSource(KafkaConnection(bootstrapServers: servers), topic: name) { _ in }
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
            case .decoded: break  // By no source that is not told to.
            case .record(let record):
                ends.remove(record.position.lane)
                let lane = Lane(topic: topic, partition: record.position.lane.partition)
                let mine = Record(
                    position: Position(lane: lane, offset: record.position.offset),
                    arrivedMs: record.arrivedMs,
                    key: record.key, value: record.value)
                found.append(
                    Published(
                        key: text(record.key), value: text(record.value), event: try? decoder.decode(mine),
                        arrivedMs: record.arrivedMs))
            }
        }
    }
    return found
}

private func text(_ bytes: UnsafeRawBufferPointer?) -> String {
    bytes.map { String(decoding: $0, as: UTF8.self) } ?? "-"
}
