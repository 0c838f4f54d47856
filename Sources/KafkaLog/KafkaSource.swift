import CRdkafka
package import Events
package import Pipeline

/// The user-keyed topics, read as a member of a consumer group: partition p of all of them belongs to one member.
///
/// Offsets that are stored are committed in the background and when the source ends. Partitions move between
/// members one by one (`cooperative-sticky`); a lane that is taken away is told before it is let go. A topic that
/// does not exist yet is waited for. The brokers' coming and going is told as notices and stops nothing.
package struct KafkaSource: ~Copyable, EventSource {
    private let consumer: Consumer
    private var nextLook = ContinuousClock.now

    /// - Parameters:
    ///   - topics: the names in Kafka of the topics to read.
    ///   - start: where a lane begins the first time it is ours.
    ///   - rules: where given, another thread reads on and decodes by them between two polls, if many records wait: as
    ///     many as the first of these polls may bring. The second brings them as `Arrival.decoded`.
    ///   - onNotice: called from inside the other calls, on their thread.
    /// - Throws: `KafkaError.property` or `.cannotStart`. Brokers that are away are no error here.
    package init(
        _ connection: KafkaConnection, group: String, topics: [Topic: String], start: StartPosition = .stored,
        decodingBy rules: FieldRules? = nil, onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) {
        precondition(!topics.isEmpty, "a source needs a topic")
        let settings = ClientSettings()
        try settings.configure(connection, defaults: Self.defaults)
        try settings.set("group.id", group)
        settings.onRebalance(rebalance)
        let events = try ConsumerEvents(
            servers: connection.bootstrapServers, names: TopicNames(topics), start: start,
            notify: onNotice)
        let client = try settings.makeClient(RD_KAFKA_CONSUMER, events)
        let leader = events.leader.flatMap { events.names.name(of: $0) }
        let code = subscribe(client, to: leader.map { [$0] } ?? [])
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw .cannotStart(reason: "it cannot subscribe to its topics: \(ErrorCode(code))")
        }
        consumer = Consumer(client: client, events: events, ahead: rules.map { ReadAhead(rules: $0) })
    }

    package mutating func begin(at positions: [Position]) {
        for position in positions { consumer.events.beginnings[position.lane] = position.offset }
    }

    package mutating func poll(
        limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void
    ) throws(Trouble) {
        if ContinuousClock.now >= nextLook { lookForPartitions(timeoutMs: timeoutMs, take) }
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

    /// How many partitions each topic has, as far as the brokers have told.
    package var partitionCounts: [Topic: Int] {
        consumer.events.partitionCounts.filter { $0.value > 0 }.mapValues(Int.init)
    }

    /// How many records of a lane wait to be polled, as far as the brokers have told; `nil` while unknown.
    package func lag(of lane: Lane) -> Int64? {
        consumer.lag(of: lane)
    }

    /// Asks how many partitions the topics have, and takes along those that follow ours.
    private mutating func lookForPartitions(timeoutMs: Int32, _ take: (borrowing Arrival) -> Void) {
        let events = consumer.events
        nextLook = .now + .seconds(1)
        for topic in events.names.topics {
            guard let name = events.names.name(of: topic) else { continue }
            do throws(ErrorCode) {
                let view = try consumer.client.metadata(topic: name, timeoutMs: max(timeoutMs, 100))
                let count = view.topics.first { $0.name == name }?.partitions ?? 0
                events.partitionCounts[topic] = Int32(count)
                if count == 0 { events.failed(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "", topic: name) }
            } catch {
                return events.failed(error.raw, error.description, topic: name)
            }
        }
        events.reached()
        events.compareCounts()
        if events.missingFollowers.isEmpty { nextLook = .now + .seconds(30) }
        withoutActuallyEscaping(take) { lent in
            events.take = lent
            consumer.bringAhead(lent)
            let lanes = events.alignFollowers(client: consumer.client.handle)
            events.take = nil
            if !lanes.isEmpty { take(.assigned(lanes)) }
        }
    }

    /// Freshet's values; the reason stands where the name does not say it.
    static let defaults: KeyValuePairs = [
        "partition.assignment.strategy": "cooperative-sticky",
        "enable.auto.offset.store": "false",
        "enable.auto.commit": "true",
        "enable.partition.eof": "true",
        "auto.offset.reset": "earliest",
        // New topics and partitions are found within this time.
        "topic.metadata.refresh.interval.ms": "10000",
        // An empty log must answer soon: the merge of the partitions waits for their ends.
        "fetch.wait.max.ms": "100",
        // Of each lane, see `LaneQueue`: so long that the others can be fetched meanwhile, and no longer. What is taken
        // soon lies in memory that is used again and again.
        "queued.max.messages.kbytes": "512",
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
