import CRdkafka

/// A cluster as one of its brokers describes it.
package struct ClusterView: Equatable, Sendable {
    package struct Broker: Equatable, Sendable {
        package var id: Int32
        package var host: String
        package var port: Int32
    }

    package struct Topic: Equatable, Sendable {
        package var name: String
        package var partitions: Int
        package var replicationFactor: Int
    }

    /// By id.
    package var brokers: [Broker]
    /// By name.
    package var topics: [Topic]

    init(copying metadata: rd_kafka_metadata) {
        brokers = UnsafeBufferPointer(start: metadata.brokers, count: Int(metadata.broker_cnt)).map {
            broker in
            Broker(id: broker.id, host: String(cString: broker.host), port: broker.port)
        }
        topics = UnsafeBufferPointer(start: metadata.topics, count: Int(metadata.topic_cnt)).compactMap {
            topic in
            // Missing topics are listed too, with an error and no partition.
            guard topic.err == RD_KAFKA_RESP_ERR_NO_ERROR || topic.partition_cnt > 0 else { return nil }
            return Topic(
                name: String(cString: topic.topic), partitions: Int(topic.partition_cnt),
                replicationFactor: topic.partition_cnt > 0 ? Int(topic.partitions[0].replica_cnt) : 0)
        }
        brokers.sort { $0.id < $1.id }
        topics.sort { $0.name < $1.name }
    }
}
