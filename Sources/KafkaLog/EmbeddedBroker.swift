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

    /// - Parameter topics: the number of partitions by name.
    package init(topics: KeyValuePairs<String, Int> = [:]) throws(KafkaError) {
        let settings = ClientSettings()
        try settings.set("client.id", "embedded-broker")
        try settings.set("log_level", "0")
        let events = ClientEvents(servers: "loopback", notify: { _ in })
        let cluster = try MockCluster(host: try settings.makeClient(RD_KAFKA_PRODUCER, events))
        for (name, partitions) in topics { try cluster.create(name, partitions: partitions) }
        bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(cluster.handle))
        self.cluster = cluster
    }

    package func create(_ topic: String, partitions: Int) throws(KafkaError) {
        try cluster.create(topic, partitions: partitions)
    }

    /// Breaks all connections and takes no new ones, or takes them again. Records and groups are kept.
    package func setDown(_ down: Bool) {
        _ = ProgramLock.held {
            down
                ? rd_kafka_mock_broker_set_down(cluster.handle, -1)
                : rd_kafka_mock_broker_set_up(cluster.handle, -1)
        }
    }

    /// Answers as if the topic did not exist, or as it is.
    package func setMissing(_ missing: Bool, topic: String) {
        rd_kafka_mock_topic_set_error(
            cluster.handle, topic,
            missing ? RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART : RD_KAFKA_RESP_ERR_NO_ERROR)
    }
}
