import CRdkafka

/// librdkafka's mock cluster, and the client that lends it its thread and has to outlive it.
struct MockCluster: ~Copyable {
    let handle: OpaquePointer
    private let host: Client

    init(host: consuming Client, brokers: Int) throws(KafkaError) {
        guard let handle = rd_kafka_mock_cluster_new(host.handle, Int32(brokers)) else {
            throw .cannotStart(reason: "the embedded broker found no free port on loopback")
        }
        self.handle = handle
        self.host = host
    }

    deinit { rd_kafka_mock_cluster_destroy(handle) }

    func create(_ topic: String, partitions: Int) throws(KafkaError) {
        let code = rd_kafka_mock_topic_create(handle, topic, Int32(partitions), 1)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            throw .refused(
                what: "the embedded broker cannot create '\(topic)'", reason: ErrorCode(code).description,
                mend: "Use a name that is not taken and 1 or more partitions")
        }
    }
}
