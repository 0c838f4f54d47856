import CRdkafka
package import Events
package import Pipeline

/// Publishes many records fast: idempotent, in the order they were given per key, batched and compressed.
package struct EventProducer: ~Copyable {
    /// How the records that were given fared so far; what is missing from the sum is still under way.
    package struct Tally: Equatable, Sendable {
        package var delivered: Int
        package var failed: Int
        /// Why the first of them failed.
        package var firstFailure: String?

        package static let nothing = Tally(delivered: 0, failed: 0)
    }

    private var producer: Producer
    private var unserved = 0

    /// Reports are counted after this many records at the latest.
    private static let serveEvery = 1_000

    package init(
        _ connection: KafkaConnection, onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) {
        producer = try Producer(connection, defaults: Self.defaults, onNotice: onNotice)
    }

    /// For records that may be as large as a dead letter.
    package static func forLetters(
        _ connection: KafkaConnection, onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) -> EventProducer {
        var connection = connection
        let name = "message.max.bytes"
        connection.properties[name] = connection.properties[name] ?? DeadLetterProducer.bytesMax
        return try EventProducer(connection, onNotice: onNotice)
    }

    /// Queues a copy of the record; while the queue is full, waits up to `timeoutMs` for room.
    ///
    /// - Parameters:
    ///   - key: `nil` is a null key: the record then goes to any partition.
    ///   - timestampMs: event time, in epoch milliseconds; 0 is "now".
    ///   - tag: other than 0 asks for the record's place, which `takePlaced` then has.
    /// - Throws: `.tryAgain` when there was no room. Retry rule: a throw means that the record was not taken.
    package mutating func send(
        topic: String, key: UnsafeRawBufferPointer?, value: UnsafeRawBufferPointer?, timestampMs: Int64 = 0,
        headers: [Header] = [], tag: UInt32 = 0, timeoutMs: Int32 = 1_000
    ) throws(Trouble) {
        unserved += 1
        if unserved >= Self.serveEvery { try serve() }
        try producer.send(
            topic: topic, key: key, value: value, timestampMs: timestampMs, headers: headers, tag: tag,
            timeoutMs: timeoutMs)
    }

    /// Counts what has been delivered; waits up to `timeoutMs` for the first report.
    package mutating func serve(timeoutMs: Int32 = 0) throws(Trouble) {
        unserved = 0
        try producer.serve(timeoutMs: timeoutMs)
    }

    /// Waits until every record is delivered or given up; `false` if some were still under way after `timeoutMs`.
    package mutating func flush(timeoutMs: Int32) throws(Trouble) -> Bool {
        rd_kafka_flush(producer.client.handle, timeoutMs)
        try serve()
        return producer.waiting == 0
    }

    /// Where tagged records stand that were delivered since the last call; `serve` brings news.
    package mutating func takePlaced() -> [PlacedRecord] { producer.events.takePlaced() }

    package var tally: Tally {
        Tally(
            delivered: producer.events.delivered, failed: producer.events.failed,
            firstFailure: producer.events.firstFailure?.description)
    }

    /// Records that are neither delivered nor given up.
    package var waiting: Int { producer.waiting }

    private static let defaults: KeyValuePairs = [
        "acks": "all",
        "linger.ms": "5",
        "batch.num.messages": "10000",
        "batch.size": "1000000",
        "compression.codec": "lz4",
        "queue.buffering.max.messages": "200000",
        "queue.buffering.max.kbytes": "65536",
    ]
}
