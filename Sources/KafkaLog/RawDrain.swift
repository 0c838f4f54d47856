import CRdkafka

/// Reads a topic and looks at nothing: what librdkafka brings to a thread that has nothing else to do.
package struct RawDrain: ~Copyable {
    private let client: Client

    /// A consumer that stands before the first record of each partition, in no group's account.
    package init(_ connection: KafkaConnection, topic: String, partitions: Int) throws(KafkaError) {
        let settings = ClientSettings()
        try settings.configure(connection, defaults: KafkaSource.defaults)
        try settings.set("group.id", "raw-drain")
        try settings.set("enable.auto.commit", "false")
        // One queue for all partitions, which must not run full: see `Consumer.remind`.
        try settings.set("queued.min.messages", "1000000")
        try settings.set("queued.max.messages.kbytes", "262144")
        let events = ClientEvents(servers: connection.bootstrapServers, notify: { _ in })
        let client = try settings.makeClient(RD_KAFKA_CONSUMER, events)
        rd_kafka_poll_set_consumer(client.handle)
        let list = PartitionList(capacity: partitions)
        for partition in 0..<Int32(partitions) {
            list.append(topic, partition, offset: Int64(RD_KAFKA_OFFSET_BEGINNING))
        }
        let code = rd_kafka_assign(client.handle, list.list)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw .cannotStart(reason: "it cannot read its topic: \(ErrorCode(code))")
        }
        self.client = client
    }

    /// Reads on until so many records were brought, or none for `patienceMs`; returns how many there were.
    package mutating func read(_ limit: Int, patienceMs: Int32 = 5_000) -> Int {
        var count = 0
        while count < limit, let message = rd_kafka_consumer_poll(client.handle, patienceMs) {
            if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR { count += 1 }
            rd_kafka_message_destroy(message)
        }
        return count
    }
}
