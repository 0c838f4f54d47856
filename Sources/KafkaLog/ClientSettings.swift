import CRdkafka

/// The settings of a client to be.
///
/// `rd_kafka_new` takes them only when it succeeds; on every other path they are ours to free.
struct ClientSettings: ~Copyable {
    private let conf: OpaquePointer = rd_kafka_conf_new()

    deinit { rd_kafka_conf_destroy(conf) }

    /// Freshet's own value, which a native property may replace afterwards.
    func set(_ name: String, _ value: String) throws(KafkaError) {
        var outcome = RD_KAFKA_CONF_OK
        let reason = refusal {
            outcome = rd_kafka_conf_set(conf, name, value, $0, $1)
            return outcome == RD_KAFKA_CONF_OK
        }
        guard let reason else { return }
        if outcome == RD_KAFKA_CONF_UNKNOWN {
            let mend = PropertyNames.nearest(to: name).map { "Did you mean '\($0)'? Fix" }
            throw .property(
                name: name, problem: "is not a librdkafka property",
                mend: "\(mend ?? "Its CONFIGURATION.md lists them all; fix") it in config/freshet.yaml")
        }
        throw .property(
            name: name, problem: "cannot be '\(value)': \(reason)",
            mend: "Fix it in config/freshet.yaml, then run 'streamctl lint'")
    }

    /// A property from the user, under librdkafka's name.
    func setNative(_ name: String, _ value: String) throws(KafkaError) {
        if let (kept, mend) = PropertyNames.reserved[name] {
            if value == kept { return }
            throw .property(name: name, problem: "cannot be '\(value)'", mend: mend)
        }
        try set(name, value)
    }

    /// What all clients share; Freshet's values for this role first, then the user's, which win.
    func configure(_ connection: KafkaConnection, defaults: KeyValuePairs<String, String>) throws(KafkaError)
    {
        try set("bootstrap.servers", connection.bootstrapServers)
        try set("client.id", connection.clientID)
        // Queued log lines are handed over by the poll, on its thread, and so need no lock.
        try set("log.queue", "true")
        try set("log.thread.name", "false")
        // A broker that starts takes connections before it answers: give up early, and try again soon.
        try set("api.version.request.timeout.ms", "3000")
        try set("reconnect.backoff.max.ms", "1000")
        for (name, value) in defaults { try set(name, value) }
        for (name, value) in connection.properties.sorted(by: { $0.key < $1.key }) {
            try setNative(name, value)
        }
    }

    func onRebalance(
        _ callback:
            @escaping @convention(c) (
                OpaquePointer?, rd_kafka_resp_err_t, UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?,
                UnsafeMutableRawPointer?
            ) -> Void
    ) {
        rd_kafka_conf_set_rebalance_cb(conf, callback)
    }

    func onDelivery(
        _ callback:
            @escaping @convention(c) (
                OpaquePointer?, UnsafePointer<rd_kafka_message_t>?, UnsafeMutableRawPointer?
            ) -> Void
    ) {
        rd_kafka_conf_set_dr_msg_cb(conf, callback)
    }

    /// Makes the client; what librdkafka has to say from then on goes to `events`.
    consuming func makeClient(_ type: rd_kafka_type_t, _ events: ClientEvents) throws(KafkaError) -> Client {
        let owned = Unmanaged.passRetained(events)
        rd_kafka_conf_set_opaque(conf, owned.toOpaque())
        rd_kafka_conf_set_error_cb(conf, reportError)
        rd_kafka_conf_set_log_cb(conf, reportLog)
        var handle: OpaquePointer?
        let reason = refusal {
            handle = rd_kafka_new(type, conf, $0, $1)
            return handle != nil
        }
        guard let handle else {
            owned.release()
            _ = consume self  // Still ours: run `deinit`.
            throw .cannotStart(reason: reason ?? "librdkafka gave no reason")
        }
        discard self  // librdkafka's now: skip `deinit`.
        rd_kafka_set_log_queue(handle, nil)
        return Client(adopting: handle, events: owned)
    }
}

/// Lends a C call a buffer for its reason; returns the text if the call refused.
func refusal(_ call: (UnsafeMutablePointer<CChar>, Int) -> Bool) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
        guard let text = buffer.baseAddress else { return nil }
        text.initialize(repeating: 0, count: buffer.count)
        return call(text, buffer.count) ? nil : String(cString: text)
    }
}

/// librdkafka: an error that belongs to no call.
private func reportError(
    _ client: OpaquePointer?, _ code: Int32, _ reason: UnsafePointer<CChar>?,
    _ opaque: UnsafeMutableRawPointer?
) {
    guard let opaque, let client else { return }
    let events = Unmanaged<ClientEvents>.fromOpaque(opaque).takeUnretainedValue()
    let error = rd_kafka_resp_err_t(rawValue: code)
    guard error == RD_KAFKA_RESP_ERR__FATAL else {
        return events.failed(error, reason.map { String(cString: $0) } ?? "", topic: nil)
    }
    let text = refusal {
        rd_kafka_fatal_error(client, $0, $1) == RD_KAFKA_RESP_ERR_NO_ERROR
    }
    events.failed(error, text ?? "", topic: nil)
}

/// librdkafka: a line of its log.
private func reportLog(
    _ client: OpaquePointer?, _ level: Int32, _ facility: UnsafePointer<CChar>?, _ line: UnsafePointer<CChar>?
) {
    guard let client, let facility, let line, let opaque = rd_kafka_opaque(client) else { return }
    Unmanaged<ClientEvents>.fromOpaque(opaque).takeUnretainedValue()
        .logged(level: level, facility: String(cString: facility), line: String(cString: line))
}
