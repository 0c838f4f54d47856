import CRdkafka
import Events
import Pipeline

/// What both producers have in common: an idempotent client, its topic handles, and the wait for room.
struct Producer: ~Copyable {
    let client: Client
    let events: ProducerEvents
    /// Few, so that a walk is quicker than a hash.
    private var topics: [(name: String, handle: OpaquePointer)] = []

    init(
        _ connection: KafkaConnection, defaults: KeyValuePairs<String, String>,
        onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) {
        let settings = ClientSettings()
        try settings.configure(connection, defaults: defaults)
        try settings.set("enable.idempotence", "true")
        // JVM producers choose partitions so: one user's events must meet, whoever sends them.
        try settings.set("partitioner", "murmur2_random")
        settings.onDelivery(countDelivery)
        let events = ProducerEvents(servers: connection.bootstrapServers, notify: onNotice)
        let client = try settings.makeClient(RD_KAFKA_PRODUCER, events)
        self.events = events
        self.client = client
    }

    deinit {
        for topic in topics { rd_kafka_topic_destroy(topic.handle) }
    }

    /// Hands a copy of the record to librdkafka; waits up to `timeoutMs` while its queue is full.
    ///
    /// Retry rule: a throw means that the record was not taken.
    mutating func send(
        topic: String, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?, timestampMs: Int64,
        headers: [Header], tag: UInt32 = 0, timeoutMs: Int32
    ) throws(Trouble) {
        let handle = try handle(of: topic)
        let list = headers.isEmpty ? nil : try makeHeaders(headers)
        let label = RecordLabel(batch: events.batch, tag: tag)
        var waitedMs: Int32 = 0
        while true {
            let code = freshet_produce(
                client.handle, handle, start(of: key), key?.count ?? 0, start(of: value), value?.count ?? 0,
                timestampMs, list, label.pointer)
            if code == RD_KAFKA_RESP_ERR_NO_ERROR { return }
            guard code == RD_KAFKA_RESP_ERR__QUEUE_FULL, waitedMs < timeoutMs else {
                if let list { rd_kafka_headers_destroy(list) }
                throw trouble(code, topic: topic)
            }
            let stepMs = min(50, timeoutMs - waitedMs)
            rd_kafka_poll(client.handle, stepMs)
            waitedMs += stepMs
        }
    }

    /// Serves reports for up to `timeoutMs`, and throws what they mean for everyone.
    func serve(timeoutMs: Int32) throws(Trouble) {
        rd_kafka_poll(client.handle, timeoutMs)
        try events.rethrow()
    }

    /// Records that are neither delivered nor given up.
    var waiting: Int { Int(rd_kafka_outq_len(client.handle)) }

    private mutating func handle(of topic: String) throws(Trouble) -> OpaquePointer {
        for entry in topics where entry.name == topic { return entry.handle }
        guard let handle = rd_kafka_topic_new(client.handle, topic, nil) else {
            throw trouble(rd_kafka_last_error(), topic: topic)
        }
        topics.append((topic, handle))
        return handle
    }

    private func trouble(_ code: rd_kafka_resp_err_t, topic: String) -> Trouble {
        let reason = ErrorCode(code).description
        switch code {
        case RD_KAFKA_RESP_ERR__QUEUE_FULL:
            return Trouble(
                .tryAgain,
                "Kafka at \(events.servers) takes records of '\(topic)' more slowly than they come. They are "
                    + "held back until it does; if it takes none at all, check that it runs.")
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
            return Trouble(
                .stop,
                "a record for '\(topic)' is too large: \(reason). Raise message.max.bytes under "
                    + "kafka.properties and max.message.bytes of the topic.")
        default:
            return Trouble(
                .stop,
                "Kafka at \(events.servers) took no record of '\(topic)': \(reason). "
                    + "Check the topic's name and its settings.")
        }
    }
}

/// A non-null address even for no bytes: an empty key is not a null one.
private func start(of bytes: UnsafeRawBufferPointer?) -> UnsafeRawPointer? {
    guard let bytes else { return nil }
    return bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)
}

/// A header list for one record; librdkafka takes it over with the record.
private func makeHeaders(_ headers: [Header]) throws(Trouble) -> OpaquePointer {
    guard let list = rd_kafka_headers_new(headers.count) else {
        throw Trouble(.stop, "no memory for \(headers.count) headers. Give Freshet more.")
    }
    for header in headers {
        // A null value is told from an empty one by its address.
        let value = header.value ?? []
        let code = value.withUnsafeBytes { bytes in
            rd_kafka_header_add(
                list, header.name, header.name.utf8.count, header.value == nil ? nil : start(of: bytes),
                bytes.count)
        }
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            rd_kafka_headers_destroy(list)
            throw Trouble(.stop, "a header was not taken: \(ErrorCode(code)). Start Freshet again.")
        }
    }
    return list
}
