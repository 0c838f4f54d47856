import CRdkafka
package import Pipeline

/// Reads the dead letters' topic once, from its beginning to where it ended when the reading began; joins no group
/// and stores nothing. What comes later is left for the next time, so that a reader who sends letters again never
/// meets them twice.
package struct DeadLetterReader: ~Copyable {
    private let client: Client
    private let events: ClientEvents
    private let topic: String
    /// What is to be read of each partition; gone when it was.
    private var stretches: [Int32: Range<Int64>]
    /// How many letters there are to be read at most; some offsets may be vacant.
    package let total: UInt64

    /// Looks for the topic and where it begins and ends; waits up to `timeoutMs` for each answer.
    ///
    /// - Parameters:
    ///   - group: only a name that librdkafka wants; one of those that we are allowed to use.
    ///   - partition: `nil` for all of them.
    ///   - start: where each partition begins.
    /// - Throws: `.refused` where there is no such topic or partition, `.unreachable` where Kafka does not answer.
    package static func open(
        _ connection: KafkaConnection, topic: String, group: String, partition: Int32? = nil,
        start: LetterStart = .earliest, timeoutMs: Int32 = 5_000,
        onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) -> DeadLetterReader {
        let settings = ClientSettings()
        try settings.configure(connection, defaults: Self.defaults)
        try settings.set("group.id", group)
        let events = ClientEvents(servers: connection.bootstrapServers, notify: onNotice)
        let client = try settings.makeClient(RD_KAFKA_CONSUMER, events)
        let look = TopicLook(topic: topic, servers: connection.bootstrapServers, timeoutMs: timeoutMs)
        let stretches = try look.stretches(
            client, events, partition: partition, start: start)
        return DeadLetterReader(client: client, events: events, topic: topic, stretches: stretches)
    }

    private init(
        client: consuming Client, events: ClientEvents, topic: String, stretches: [Int32: Range<Int64>]
    ) {
        (self.events, self.topic, self.stretches) = (events, topic, stretches)
        self.client = client
        total = stretches.values.reduce(0) { $0 + UInt64($1.count) }
        begin()
    }

    /// Whether everything was read.
    package var isDone: Bool { stretches.isEmpty }

    /// Brings the letters that have arrived, at most `limit`; waits up to `timeoutMs` for the first. Brokers that go
    /// away are told as notices and waited for.
    package mutating func poll(
        limit: Int, timeoutMs: Int32, _ take: (borrowing KeptLetter) throws(Trouble) -> Void
    ) throws(Trouble) {
        var (left, waitMs) = (limit, timeoutMs)
        while left > 0, !isDone, !events.hasTrouble {
            guard let next = rd_kafka_consumer_poll(client.handle, waitMs) else { break }
            defer { rd_kafka_message_destroy(next) }
            try bring(Message(next), take)
            (left, waitMs) = (left - 1, 0)
        }
        try events.rethrow()
    }

    private mutating func bring(
        _ message: Message, _ take: (borrowing KeptLetter) throws(Trouble) -> Void
    ) throws(Trouble) {
        switch message.code {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            events.reached()
            guard let stretch = stretches[message.partition], stretch.contains(message.offset) else { return }
            if message.offset + 1 == stretch.upperBound { stretches[message.partition] = nil }
            try take(KeptLetter(message))
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            stretches[message.partition] = nil
        default:
            events.failed(message.code, message.reason, topic: topic)
        }
    }

    private func begin() {
        rd_kafka_poll_set_consumer(client.handle)
        let list = PartitionList(capacity: stretches.count)
        for partition in stretches.keys.sorted() {
            guard let stretch = stretches[partition] else { continue }
            list.append(topic, partition, offset: stretch.lowerBound)
        }
        guard !list.isEmpty else { return }
        let code = rd_kafka_assign(client.handle, list.list)
        if code != RD_KAFKA_RESP_ERR_NO_ERROR {
            events.failed(code, ErrorCode(code).description, topic: topic)
        }
    }

    private static let defaults: KeyValuePairs = [
        "enable.auto.offset.store": "false",
        "enable.auto.commit": "false",
        "enable.partition.eof": "true",
        "auto.offset.reset": "earliest",
        "fetch.wait.max.ms": "100",
        "queued.max.messages.kbytes": "16384",
        // One record of 10 MB must pass.
        "receive.message.max.bytes": "100000000",
    ]
}

/// Where the reading of a partition of dead letters begins.
package enum LetterStart: Equatable, Sendable {
    case earliest
    /// Where it ends now: nothing is read.
    case latest
    case offset(Int64)
    /// The first that was kept at or after this time, in epoch milliseconds. Where the brokers cannot say which that
    /// is, all are read: too early is better than too late.
    case timestamp(Int64)
}
