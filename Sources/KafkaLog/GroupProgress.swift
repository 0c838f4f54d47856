import CRdkafka

/// How far a consumer group has come, seen from outside: what it has committed against where the log ends.
///
/// Takes no part in the group. Counts from where the log stood when it was made.
package struct GroupProgress: ~Copyable {
    private struct Lane {
        var topic: String
        var partition: Int32
        var begin: Int64
        var isFirst: Bool
    }

    private let client: Client
    /// How long a look waits for an answer, in milliseconds.
    private static let answerMs: Int32 = 5_000
    private let lanes: [Lane]

    /// - Parameters:
    ///   - fromEnd: whether it counts from the log's end now, and not from its beginning.
    ///   - timeoutMs: how long the brokers may take to say where the log stands.
    package init(
        _ connection: KafkaConnection, group: String, topics: [String], fromEnd: Bool,
        timeoutMs: Int32 = 60_000
    ) throws(KafkaError) {
        let settings = ClientSettings()
        try settings.configure(connection, defaults: [:])
        try settings.set("group.id", group)
        let events = ClientEvents(servers: connection.bootstrapServers, notify: { _ in })
        let client = try settings.makeClient(RD_KAFKA_CONSUMER, events)
        let lanes = try Self.lanes(
            of: topics, client, events, fromEnd: fromEnd, timeoutMs: timeoutMs)
        self.client = client
        self.lanes = lanes
    }

    private static func lanes(
        of topics: [String], _ client: borrowing Client, _ events: ClientEvents, fromEnd: Bool,
        timeoutMs: Int32
    ) throws(KafkaError) -> [Lane] {
        let view = try BrokerProbe.look(client, events, timeoutMs: timeoutMs)
        var lanes: [Lane] = []
        for topic in topics {
            let count = view.topics.first { $0.name == topic }?.partitions ?? 0
            for partition in 0..<Int32(count) {
                let (low, high) = try bounds(client, topic, partition, timeoutMs)
                lanes.append(
                    Lane(
                        topic: topic, partition: partition, begin: fromEnd ? high : low,
                        isFirst: !fromEnd || high == low))
            }
        }
        return lanes
    }

    /// Whether there is nothing before where it counts from.
    package var countsFromBeginning: Bool { lanes.allSatisfy(\.isFirst) }

    /// Records that the group is done with, since this was made; `nil` while nobody answers.
    package func committed() -> Int? {
        let list = PartitionList(capacity: lanes.count)
        for lane in lanes { list.append(lane.topic, lane.partition) }
        guard rd_kafka_committed(client.handle, list.list, Self.answerMs) == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return nil
        }
        return zip(lanes, entries(of: list.list)).reduce(0) { sum, pair in
            // Negative is the code for "nothing committed yet".
            sum + Int(max(0, pair.1.offset - pair.0.begin))
        }
    }

    /// Records in the log, since this was made; `nil` while nobody answers.
    package func written() -> Int? {
        var sum = 0
        for lane in lanes {
            guard let end = try? Self.bounds(client, lane.topic, lane.partition, Self.answerMs).high else {
                return nil
            }
            sum += Int(end - lane.begin)
        }
        return sum
    }

    private static func bounds(
        _ client: borrowing Client, _ topic: String, _ partition: Int32, _ timeoutMs: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        var (low, high): (Int64, Int64) = (0, 0)
        let code = rd_kafka_query_watermark_offsets(client.handle, topic, partition, &low, &high, timeoutMs)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw .refused(
                what: "topic '\(topic)' cannot be read", reason: ErrorCode(code).description,
                mend: "Check that the brokers run and let us read it")
        }
        return (low, high)
    }
}
