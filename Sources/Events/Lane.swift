/// What a topic carries. The topic's name in Kafka is a setting; this is what it means to us.
package enum Topic: UInt8, CaseIterable, Sendable {
    case ratings
    case feedback
    case catalog
    case erasures
}

/// One partition of one topic: a sequence of records in the order of their offsets.
package struct Lane: Hashable, Sendable, Comparable {
    package var topic: Topic
    package var partition: Int32

    package init(topic: Topic, partition: Int32) {
        self.topic = topic
        self.partition = partition
    }

    /// By partition, then by topic: the lanes of one task stand together.
    package static func < (left: Self, right: Self) -> Bool {
        (left.partition, left.topic.rawValue) < (right.partition, right.topic.rawValue)
    }
}

/// Where a record stands in the log.
package struct Position: Hashable, Sendable {
    package var lane: Lane
    package var offset: Int64

    package init(lane: Lane, offset: Int64) {
        self.lane = lane
        self.offset = offset
    }
}
