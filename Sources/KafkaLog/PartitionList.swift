import CRdkafka

/// A list of partitions with offsets, ours to free.
struct PartitionList: ~Copyable {
    let list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(capacity: Int) {
        list = rd_kafka_topic_partition_list_new(Int32(capacity))
    }

    deinit { rd_kafka_topic_partition_list_destroy(list) }

    var isEmpty: Bool { list.pointee.cnt == 0 }

    func append(_ topic: String, _ partition: Int32, offset: Int64 = Int64(RD_KAFKA_OFFSET_INVALID)) {
        rd_kafka_topic_partition_list_add(list, topic, partition).pointee.offset = offset
    }
}

/// The entries of a list, in place.
func entries(
    of list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
) -> UnsafeMutableBufferPointer<rd_kafka_topic_partition_t> {
    UnsafeMutableBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt))
}

/// C's `RD_KAFKA_PARTITION_UA`, a cast that Swift does not import: all partitions, or whichever suits.
let anyPartition: Int32 = -1
