import CRdkafka

/// A librdkafka client. Destroying it blocks until its messages, lists, queues and topic handles are gone, so
/// they go first.
struct Client: ~Copyable {
    let handle: OpaquePointer
    private let events: Unmanaged<ClientEvents>

    init(adopting handle: OpaquePointer, events: Unmanaged<ClientEvents>) {
        self.handle = handle
        self.events = events
    }

    deinit {
        if events._withUnsafeGuaranteedRef(\.isStuck) { return }  // It lives on, and borrows `events`.
        // A consumer has left its group before this, or has waited long enough.
        rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
        events.release()  // After the client, whose callbacks borrow it.
    }

    /// The cluster as one broker knows it, of one topic or of all; waits up to `timeoutMs` for the answer.
    func metadata(topic: String? = nil, timeoutMs: Int32) throws(ErrorCode) -> ClusterView {
        var topicHandle: OpaquePointer?
        if let topic {
            topicHandle = rd_kafka_topic_new(handle, topic, nil)
            guard topicHandle != nil else { throw ErrorCode(rd_kafka_last_error()) }
        }
        defer { if let topicHandle { rd_kafka_topic_destroy(topicHandle) } }
        var found: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(handle, topic == nil ? 1 : 0, topicHandle, &found, timeoutMs)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let found else { throw ErrorCode(code) }
        defer { rd_kafka_metadata_destroy(found) }
        return ClusterView(copying: found.pointee)
    }
}
