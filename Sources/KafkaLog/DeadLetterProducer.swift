import CRdkafka
package import Events
package import Pipeline

/// Keeps refused records in a Kafka topic: key, value and headers as they came, and why in further headers.
package struct DeadLetterProducer: ~Copyable, DeadLetterSink {
    private var producer: Producer
    private let topic: String
    private let sources: [Topic: String]
    private let timeoutMs: Int32

    /// - Parameters:
    ///   - topic: the name of the dead letters' topic.
    ///   - sources: the names of the topics that the records come from.
    ///   - timeoutMs: how long a write waits for the brokers.
    package init(
        _ connection: KafkaConnection, topic: String, sources: [Topic: String], timeoutMs: Int32 = 10_000,
        onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) {
        producer = try Producer(connection, defaults: Self.defaults, onNotice: onNotice)
        (self.topic, self.sources, self.timeoutMs) = (topic, sources, timeoutMs)
    }

    /// Returns when the brokers have confirmed every letter, or throws within about `timeoutMs`.
    package mutating func write(_ letters: [DeadLetter]) throws(Trouble) {
        guard !letters.isEmpty else { return }
        let events = producer.events
        events.beginBatch()
        let deadline = ContinuousClock.now + .milliseconds(Int(timeoutMs))
        for letter in letters { try send(letter) }
        while events.delivered + events.failed < letters.count, ContinuousClock.now < deadline {
            try producer.serve(timeoutMs: 50)
        }
        guard events.delivered < letters.count else { return }
        // They will all be sent again: what still waits would only be a second copy.
        rd_kafka_purge(producer.client.handle, RD_KAFKA_PURGE_F_QUEUE)
        let reason = events.firstFailure?.description ?? "no answer within \(timeoutMs) ms"
        throw Trouble(
            events.firstFailure?.raw == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE ? .stop : .tryAgain,
            "\(letters.count - events.delivered) of \(letters.count) dead letters did not reach topic "
                + "'\(topic)': \(reason). Check that Kafka at \(events.servers) runs, that the topic exists "
                + "('streamctl topics apply') and that its max.message.bytes is large enough.")
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
                    timeoutMs: timeoutMs)
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
