import CRdkafka
package import Events
package import Pipeline

/// The user-keyed topics, read as a member of a consumer group.
///
/// Offsets that are stored are committed in the background and when the source ends. Partitions move between
/// members one by one (`cooperative-sticky`); a lane that is taken away is told before it is let go. A topic that
/// does not exist yet is waited for. The brokers' coming and going is told as notices and stops nothing.
package struct KafkaSource: ~Copyable, EventSource {
    private let consumer: Consumer

    /// - Parameters:
    ///   - topics: the names in Kafka of the topics to read.
    ///   - start: where a lane begins the first time it is ours.
    ///   - onNotice: called from inside the other calls, on their thread.
    /// - Throws: `KafkaError.property` or `.cannotStart`. Brokers that are away are no error here.
    package init(
        _ connection: KafkaConnection, group: String, topics: [Topic: String], start: StartPosition = .stored,
        onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) {
        precondition(!topics.isEmpty, "a source needs a topic")
        let settings = ClientSettings()
        try settings.configure(connection, defaults: Self.defaults)
        try settings.set("group.id", group)
        settings.onRebalance(rebalance)
        let events = ConsumerEvents(
            servers: connection.bootstrapServers, names: TopicNames(topics), start: start,
            notify: onNotice)
        let client = try settings.makeClient(RD_KAFKA_CONSUMER, events)
        let code = subscribe(client, to: events.names.texts)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw .cannotStart(reason: "it cannot subscribe to its topics: \(ErrorCode(code))")
        }
        consumer = Consumer(client: client, events: events)
    }

    package mutating func begin(at positions: [Position]) {
        for position in positions { consumer.events.beginnings[position.lane] = position.offset }
    }

    package mutating func poll(
        limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void
    ) throws(Trouble) {
        try consumer.poll(limit: limit, timeoutMs: timeoutMs, take)
    }

    package mutating func setPaused(_ paused: Bool, lanes: [Lane]) throws(Trouble) {
        consumer.setPaused(paused, lanes: lanes)
    }

    package mutating func store(_ next: [Position]) throws(Trouble) {
        try consumer.store(next)
    }

    /// Commits what is stored and waits for it: for an orderly stop. Retry rule: need not be tried again.
    package mutating func commit() throws(Trouble) {
        try consumer.commit()
    }

    /// The lanes that are ours, in order.
    package var lanes: [Lane] { consumer.events.owned.sorted() }

    /// How many records of a lane wait to be polled, as far as the brokers have told; `nil` while unknown.
    package func lag(of lane: Lane) -> Int64? {
        consumer.lag(of: lane)
    }

    /// Freshet's values; the reason stands where the name does not say it.
    private static let defaults: KeyValuePairs = [
        "partition.assignment.strategy": "cooperative-sticky",
        "enable.auto.offset.store": "false",
        "enable.auto.commit": "true",
        "enable.partition.eof": "true",
        "auto.offset.reset": "earliest",
        // New topics and partitions are found within this time.
        "topic.metadata.refresh.interval.ms": "10000",
        // An empty log must answer soon: the merge of the partitions waits for their ends.
        "fetch.wait.max.ms": "100",
        "queued.max.messages.kbytes": "32768",
        // One record of 10 MB must pass.
        "fetch.message.max.bytes": "1048576",
        "fetch.max.bytes": "52428800",
        "receive.message.max.bytes": "100000000",
    ]
}

private func subscribe(_ client: borrowing Client, to topics: [String]) -> rd_kafka_resp_err_t {
    let list = PartitionList(capacity: topics.count)
    for topic in topics { list.append(topic, anyPartition) }
    return rd_kafka_subscribe(client.handle, list.list)
}
