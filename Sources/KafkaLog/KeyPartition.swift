import CRdkafka
package import Events

/// Which partition a user's events stand in, for producers that divide by `murmur2_random`, the default of the JVM's.
package enum KeyPartition {
    /// - Parameter partitions: of the topic; at least 1.
    package static func of(_ user: Identifier, partitions: Int32) -> Int32 {
        precondition(partitions > 0)
        var key = user.text
        return key.withUTF8 { key in
            // Of a key that is there it needs neither the topic nor anything of ours.
            rd_kafka_msg_partitioner_murmur2(nil, key.baseAddress, key.count, partitions, nil, nil)
        }
    }
}
