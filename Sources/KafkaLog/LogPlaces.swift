import CRdkafka
package import Events

/// One partition as it is now, and where reading would begin.
package struct LogPlace: Equatable, Sendable {
    package var lane: Lane
    /// The first offset that is still kept.
    package var low: Int64
    /// The offset that the next record will have.
    package var high: Int64
    package var start: Int64

    package var position: Position { Position(lane: lane, offset: start) }
}

/// Asks Kafka where the partitions of topics begin, end, and would be begun with.
package enum LogPlaces {
    /// The partitions in order of topic and number; topics that do not exist are left out.
    ///
    /// - Parameters:
    ///   - topics: their names in Kafka.
    ///   - timeoutMs: how long each answer is waited for.
    package static func look(
        _ connection: KafkaConnection, topics: [Topic: String], start: StartPosition, timeoutMs: Int32 = 5_000
    ) throws(KafkaError) -> [LogPlace] {
        let settings = ClientSettings()
        try settings.configure(connection, defaults: [:])
        let events = ClientEvents(servers: connection.bootstrapServers, notify: { _ in })
        let client = try settings.makeClient(RD_KAFKA_PRODUCER, events)
        let view = try BrokerProbe.look(client, events, timeoutMs: timeoutMs)
        var places: [LogPlace] = []
        for topic in Topic.allCases {
            guard let name = topics[topic], let found = view.topics.first(where: { $0.name == name })
            else { continue }
            let look = TopicLook(
                topic: name, servers: connection.bootstrapServers, timeoutMs: timeoutMs)
            for partition in 0..<Int32(found.partitions) {
                let (low, high) = try look.ends(client, of: partition)
                let first = try look.first(client, of: partition, from: start, low: low, high: high)
                places.append(
                    LogPlace(
                        lane: Lane(topic: topic, partition: partition), low: low, high: high, start: first))
            }
        }
        return places
    }
}

extension TopicLook {
    /// The first offset of a partition that reading from `start` would bring, within its ends.
    fileprivate func first(
        _ client: borrowing Client, of partition: Int32, from start: StartPosition, low: Int64, high: Int64
    ) throws(KafkaError) -> Int64 {
        switch start {
        case .stored, .earliest: return low
        case .latest: return high
        case .timestamp(let startMs):
            // No offset: every record is older.
            return min(max(try offset(client, at: startMs, of: partition) ?? high, low), high)
        }
    }
}
