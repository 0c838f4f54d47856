import CRdkafka
package import Events
package import Pipeline

/// The whole catalogue, from its beginning and without a group: every worker needs all of it. Other topics can be
/// read in the same way.
///
/// A topic that does not exist yet is waited for; partitions that are added are found within seconds. Nothing is
/// stored: the next start reads it again.
package struct CatalogSource: ~Copyable, EventSource {
    private let consumer: Consumer
    private let topic: String
    /// How many there are, as far as the brokers have told.
    package private(set) var partitions: Int32 = 0
    /// Whether the brokers have said which partitions there are, none included.
    package private(set) var isKnown = false
    private var nextLook = ContinuousClock.now

    /// - Parameters:
    ///   - topic: its name in Kafka.
    ///   - kind: what it carries.
    ///   - onNotice: called from inside the other calls, on their thread.
    package init(
        _ connection: KafkaConnection, topic: String, carrying kind: Topic = .catalog,
        onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) {
        let settings = ClientSettings()
        try settings.configure(connection, defaults: Self.defaults)
        let events = try ConsumerEvents(
            servers: connection.bootstrapServers, names: TopicNames([kind: topic]), notify: onNotice)
        consumer = Consumer(client: try settings.makeClient(RD_KAFKA_CONSUMER, events), events: events)
        self.topic = topic
    }

    /// Does nothing: the catalogue is read whole with every start, and whoever merges leaves out what it knows.
    package mutating func begin(at positions: [Position]) {}

    package mutating func poll(
        limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void
    ) throws(Trouble) {
        if ContinuousClock.now >= nextLook { try lookForPartitions(timeoutMs: timeoutMs, take) }
        try consumer.poll(limit: limit, timeoutMs: timeoutMs, take)
    }

    package mutating func setPaused(_ paused: Bool, lanes: [Lane]) throws(Trouble) {
        consumer.setPaused(paused, lanes: lanes)
    }

    /// Does nothing: the catalogue is read whole with every start.
    package mutating func store(_ next: [Position]) throws(Trouble) {}

    /// Asks how many partitions there are, and begins with those that are new.
    private mutating func lookForPartitions(
        timeoutMs: Int32, _ take: (borrowing Arrival) -> Void
    ) throws(Trouble) {
        let events = consumer.events
        nextLook = .now + (partitions == 0 ? .seconds(1) : .seconds(30))
        let view: ClusterView
        do throws(ErrorCode) {
            view = try consumer.client.metadata(topic: topic, timeoutMs: max(timeoutMs, 10))
        } catch {
            // The question is short on purpose: silence says nothing yet.
            if error.raw == RD_KAFKA_RESP_ERR__TIMED_OUT { return }
            return events.failed(error.raw, error.description, topic: topic)
        }
        events.reached()
        isKnown = true
        guard let found = view.topics.first(where: { $0.name == topic }), found.partitions > 0 else {
            return events.failed(RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, "", topic: topic)
        }
        events.found(topic: topic)
        let fresh = partitions..<max(partitions, Int32(found.partitions))
        guard !fresh.isEmpty else { return }
        let list = PartitionList(capacity: fresh.count)
        for partition in fresh { list.append(topic, partition, offset: Int64(RD_KAFKA_OFFSET_BEGINNING)) }
        let lanes = events.assign(list.list, client: consumer.client.handle)
        guard !lanes.isEmpty else { return }
        partitions = fresh.upperBound
        take(.assigned(lanes))
    }

    private static let defaults: KeyValuePairs = [
        // librdkafka wants a name for a group even where none is joined.
        "group.id": "freshet-catalog",
        "enable.auto.offset.store": "false",
        "enable.auto.commit": "false",
        "enable.partition.eof": "true",
        "auto.offset.reset": "earliest",
        "fetch.wait.max.ms": "100",
        "queued.max.messages.kbytes": "4096",
    ]
}
