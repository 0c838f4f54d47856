import CRdkafka
package import Events
package import Pipeline

/// Keeps refused records in a Kafka topic: key, value and headers as they came, and why in further headers.
package struct DeadLetterProducer: ~Copyable, DeadLetterSink {
    private var producer: Producer
    private let topic: String
    private let sources: [Topic: String]
    private let timeoutMs: Int32
    /// Letters that were handed over, and when they are given up.
    private var underWay = 0
    private var deadline = ContinuousClock.now
    /// How long the next question waits for the answer.
    private var patienceMs: Int32 = 0

    /// Brokers that are well answer in less, in milliseconds; for others nobody waits.
    private static let answerMs: Int32 = 50

    /// - Parameters:
    ///   - topic: the name of the dead letters' topic.
    ///   - sources: the names of the topics that the records come from.
    ///   - timeoutMs: how long the brokers may take until letters are given up.
    package init(
        _ connection: KafkaConnection, topic: String, sources: [Topic: String], timeoutMs: Int32 = 10_000,
        onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) {
        producer = try Producer(connection, defaults: Self.defaults, onNotice: onNotice)
        (self.topic, self.sources, self.timeoutMs) = (topic, sources, timeoutMs)
    }

    package mutating func write(_ letters: [DeadLetter]) throws(Trouble) {
        producer.events.beginBatch()
        deadline = .now + .milliseconds(Int(timeoutMs))
        (underWay, patienceMs) = (letters.count, Self.answerMs)
        do throws(Trouble) {
            for letter in letters { try send(letter) }
        } catch {
            dropUnsent()
            throw error
        }
    }

    /// Only the first question after a write waits for the brokers.
    package mutating func areSafe() throws(Trouble) -> Bool {
        let events = producer.events
        let end = min(deadline, .now + .milliseconds(Int(patienceMs)))
        repeat {
            try producer.serve(timeoutMs: patienceMs)
        } while events.delivered + events.failed < underWay && ContinuousClock.now < end
        patienceMs = 0
        if events.delivered >= underWay { return true }
        guard events.delivered + events.failed >= underWay || ContinuousClock.now >= deadline else {
            return false
        }
        dropUnsent()
        let reason = events.firstFailure?.description ?? "no answer within \(timeoutMs) ms"
        throw Trouble(
            events.firstFailure?.raw == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE ? .stop : .tryAgain,
            "\(underWay - events.delivered) of \(underWay) dead letters did not reach topic "
                + "'\(topic)': \(reason). Check that Kafka at \(events.servers) runs, that the topic exists "
                + "('streamctl topics apply') and that its max.message.bytes is large enough.")
    }

    /// All will be sent again: what still waits would only be a second copy.
    private func dropUnsent() {
        rd_kafka_purge(producer.client.handle, RD_KAFKA_PURGE_F_QUEUE)
    }

    private mutating func send(_ letter: DeadLetter) throws(Trouble) {
        let source = sources[letter.position.lane.topic] ?? ""
        let reasons = ErrorHeader.allCases.map { header in
            Header(name: header.rawValue, value: Array(header.text(for: letter, topicName: source).utf8))
        }
        let outcome = withBytes(letter.key, letter.value) { key, value in
            Result { () throws(Trouble) in
                try producer.send(
                    topic: topic, key: key, value: value, timestampMs: 0, headers: letter.headers + reasons,
                    timeoutMs: Self.answerMs)
            }
        }
        try outcome.get()
    }

    /// A value of 10 MB, its key and its headers must pass, as must a few of them together.
    static let bytesMax = "16000000"

    private static let defaults: KeyValuePairs = [
        "acks": "all",
        "linger.ms": "1",
        "message.max.bytes": bytesMax,
        "queue.buffering.max.kbytes": "131072",
        "compression.codec": "lz4",
    ]
}

/// Lends the bytes of a key and a value; null stays null.
private func withBytes<Outcome>(
    _ key: [UInt8]?, _ value: [UInt8]?, _ body: (UnsafeRawBufferPointer?, UnsafeRawBufferPointer?) -> Outcome
) -> Outcome {
    (key ?? []).withUnsafeBytes { keyBytes in
        (value ?? []).withUnsafeBytes { valueBytes in
            body(key == nil ? nil : keyBytes, value == nil ? nil : valueBytes)
        }
    }
}
