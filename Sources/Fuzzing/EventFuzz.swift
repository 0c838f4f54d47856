import Events

enum EventFuzz {
    static func run(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        let topic = Topic.allCases[Int(first & 3) % Topic.allCases.count]
        let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst())
        let once = outcome(rest, topic, hasHeaders: first & 4 != 0)
        precondition(
            once == outcome(rest, topic, hasHeaders: first & 4 != 0), "the same bytes, another answer")
    }

    private static func outcome(
        _ bytes: UnsafeRawBufferPointer, _ topic: Topic, hasHeaders: Bool
    ) -> Result<Event, Refusal> {
        var decoder = EventDecoder()
        let headers = hasHeaders ? headers(bytes) : []
        let record = Record(
            position: Position(lane: Lane(topic: topic, partition: 0), offset: 0),
            arrivedMs: 1_700_000_000_000, key: nil, value: bytes, headers: headers)
        do throws(Refusal) {
            return .success(try decoder.decode(record))
        } catch {
            return .failure(error)
        }
    }

    /// The binary mode of CloudEvents, with values from the first bytes.
    private static func headers(_ bytes: UnsafeRawBufferPointer) -> [Header] {
        ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time"].enumerated().map { index, name in
            Header(name: name, value: Array(bytes.dropFirst(index * 4).prefix(4 + index)))
        }
    }
}
