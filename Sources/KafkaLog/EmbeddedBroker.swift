import CRdkafka

/// A broker on loopback inside this process (librdkafka's mock cluster): for the demo, the tests and trying out.
///
/// It speaks the protocol of groups, idempotence and fetches, and keeps everything in memory. Its limit: about
/// 5 MB per partition, of which one batch may be larger; what is older is dropped, so whoever produces must be
/// held back by the consumer's position. Topics exist because they were named here, or because someone asked
/// for them (then with 4 partitions); the admin calls are not supported.
package struct EmbeddedBroker: ~Copyable {
    private let cluster: MockCluster
    /// `host:port`.
    package let bootstrapServers: String

    /// How to reach it. It answers a fetch that found nothing only when the whole wait is over, whatever arrives in
    /// the meantime, so the wait is short here.
    package var connection: KafkaConnection {
        KafkaConnection(bootstrapServers: bootstrapServers, properties: ["fetch.wait.max.ms": "5"])
    }

    /// Bytes a partition holds before its oldest batches are dropped.
    package static let partitionBytesMax = 5 << 20

    /// - Parameters:
    ///   - topics: the number of partitions by name.
    ///   - brokers: how many share them.
    package init(topics: KeyValuePairs<String, Int> = [:], brokers: Int = 1) throws(KafkaError) {
        let settings = ClientSettings()
        try settings.set("client.id", "embedded-broker")
        try settings.set("log_level", "0")
        let events = ClientEvents(servers: "loopback", notify: { _ in })
        let cluster = try MockCluster(
            host: try settings.makeClient(RD_KAFKA_PRODUCER, events), brokers: brokers)
        for (name, partitions) in topics { try cluster.create(name, partitions: partitions) }
        bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster.handle))
        self.cluster = cluster
    }

    package func create(_ topic: String, partitions: Int) throws(KafkaError) {
        try cluster.create(topic, partitions: partitions)
    }

    /// Breaks every connection at its next request and takes no new ones, or takes them again. Records and groups are
    /// kept.
    ///
    /// The cluster's own `rd_kafka_mock_broker_set_down` closes its listening socket, opens it anew and aborts the
    /// process where that fails: as it does while any thread is starting another process, which has a copy of it for a
    /// moment.
    package func setDown(_ down: Bool) {
        let errors = [rd_kafka_resp_err_t](repeating: RD_KAFKA_RESP_ERR__TRANSPORT, count: Self.refusalsMax)
        for request in Self.requests {
            rd_kafka_mock_clear_request_errors(cluster.handle, request)
            guard down else { continue }
            rd_kafka_mock_push_request_errors_array(cluster.handle, request, errors.count, errors)
        }
    }

    /// Requests of one kind that are refused while it is down: more than any client tries.
    private static let refusalsMax = 10_000
    /// By the numbers of the protocol: produce and fetch, list, commit and fetch offsets, find the coordinator, join,
    /// heartbeat, leave, sync, ask for the versions (with which every connection begins) and for a producer's id.
    private static let requests: [Int16] = [0, 1, 2, 8, 9, 10, 11, 12, 13, 14, 18, 22]

    /// Makes another broker, counted from 1, the leader of a partition.
    package func moveLeader(of topic: String, partition: Int32, to broker: Int32) {
        rd_kafka_mock_partition_set_leader(cluster.handle, topic, partition, broker)
    }

    /// Answers as if the topic did not exist, or as it is.
    package func setMissing(_ missing: Bool, topic: String) {
        rd_kafka_mock_topic_set_error(
            cluster.handle, topic,
            missing ? RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART : RD_KAFKA_RESP_ERR_NO_ERROR)
    }
}
