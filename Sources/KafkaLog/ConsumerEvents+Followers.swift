import CRdkafka
import Events

/// How the lanes of a task stay together.
///
/// A task is partition p of every user-keyed topic, and must be one worker's: a user's ratings, feedback and erasure
/// belong to one profile. librdkafka's `cooperative-sticky` divides each topic by itself and may give the ratings of a
/// partition to one member and its feedback to another. So the group divides one topic only, the leader, and its
/// owner takes the same partition of the others along. Where another topic has more partitions than the leader, what is
/// over goes round, so that each is read by exactly one member.
extension ConsumerEvents {
    /// The topics that follow the leader and do not exist yet.
    var missingFollowers: [Topic] { names.topics.filter { $0 != leader && partitionCounts[$0] == 0 } }

    /// The lanes that go with a partition of the leader.
    func followers(of partition: Int32) -> [Lane] {
        guard let leader, let count = partitionCounts[leader], count > 0 else { return [] }
        return names.topics.filter { $0 != leader }.flatMap { topic in
            stride(from: partition, to: partitionCounts[topic] ?? 0, by: Int(count)).map {
                Lane(topic: topic, partition: $0)
            }
        }
    }

    /// Adds the lanes that follow those in the list.
    func addFollowers(
        to list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>, where isWanted: (Lane) -> Bool
    ) {
        let leading = entries(of: list).compactMap { lane($0.topic, $0.partition) }.filter {
            $0.topic == leader
        }
        for follower in leading.flatMap({ followers(of: $0.partition) }) where isWanted(follower) {
            guard let name = names.name(of: follower.topic) else { continue }
            rd_kafka_topic_partition_list_add(list, name, follower.partition)
        }
    }

    /// Takes or lets go what the lanes of the leader that are ours call for by now; returns what was taken.
    func alignFollowers(client: OpaquePointer) -> [Lane] {
        let wanted = Set(owned.filter { $0.topic == leader }.flatMap { followers(of: $0.partition) })
        let extra = owned.filter { $0.topic != leader && !wanted.contains($0) }
        if !extra.isEmpty {
            let list = list(of: extra)
            revoke(list.list, client: client)
        }
        let missing = list(of: wanted.subtracting(owned))
        return missing.isEmpty ? [] : assign(missing.list, client: client)
    }

    /// Says where the topics differ in their partitions.
    func compareCounts() {
        guard let leader, let count = partitionCounts[leader], count > 0 else { return }
        for topic in names.topics {
            guard let other = partitionCounts[topic], other > 0, other != count,
                let (leading, following) = names.name(of: leader).flatMap({ first in
                    names.name(of: topic).map { (first, $0) }
                })
            else { continue }
            tell(
                .line("partitions of \(following)"), .warning,
                "topic '\(leading)' has \(count) partitions and '\(following)' has \(other), so that a user's "
                    + "events may come to two workers. Give both the same number: see 'streamctl topics plan'."
            )
        }
    }

    private func list(of lanes: Set<Lane>) -> PartitionList {
        let list = PartitionList(capacity: lanes.count)
        for lane in lanes.sorted() {
            if let name = names.name(of: lane.topic) { list.append(name, lane.partition) }
        }
        return list
    }
}
