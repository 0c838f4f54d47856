/// What it takes to bring a cluster's topics to their definitions, without ever shrinking or deleting.
///
/// A plan is a value: it is made from what is wanted and what is there, printed, and applied by `TopicAdmin`.
package struct TopicPlan: Equatable, Sendable, CustomStringConvertible {
    /// In the order of the definitions; within one topic growth comes before configs.
    package let steps: [TopicStep]

    /// - Parameter brokers: how many brokers the cluster has.
    package init(wanted: [TopicDefinition], existing: [ExistingTopic], brokers: Int) {
        let byName = Dictionary(existing.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        steps =
            Self.unevenlyDivided(wanted)
            + wanted.flatMap { topic in
                byName[topic.name].map { Self.change($0, to: topic) } ?? Self.create(topic, brokers: brokers)
            }
    }

    package var hasChanges: Bool { steps.contains(where: \.isChange) }
    package var hasRefusals: Bool { steps.contains(where: \.isRefusal) }

    /// One line per step.
    package var description: String { steps.map(\.description).joined(separator: "\n") }

    private static func create(_ topic: TopicDefinition, brokers: Int) -> [TopicStep] {
        guard topic.replicationFactor > brokers else { return [.create(topic)] }
        return [
            .refuse(
                topic: topic.name,
                problem: "replication_factor \(topic.replicationFactor) needs as many brokers, and there "
                    + (brokers == 1 ? "is 1" : "are \(brokers)"),
                mend: "Set replication_factor to \(brokers) or less in its file, or add brokers")
        ]
    }

    private static func change(_ existing: ExistingTopic, to topic: TopicDefinition) -> [TopicStep] {
        var steps: [TopicStep] = []
        if topic.partitions > existing.partitions {
            steps.append(.addPartitions(topic: topic.name, from: existing.partitions, to: topic.partitions))
        } else if topic.partitions < existing.partitions {
            steps.append(
                .refuse(
                    topic: topic.name,
                    problem: "refuse to shrink: it has \(counted(existing.partitions, "partition")), wanted "
                        + "\(topic.partitions)",
                    mend: "Set partitions to \(existing.partitions) in its file; Kafka only adds partitions"))
        }
        if topic.replicationFactor != existing.replicationFactor {
            steps.append(
                .refuse(
                    topic: topic.name,
                    problem: "refuse to move replicas: it has replication \(existing.replicationFactor), "
                        + "wanted \(topic.replicationFactor)",
                    mend: "Set replication_factor to \(existing.replicationFactor) in its file, or move them "
                        + "with kafka-reassign-partitions"))
        }
        if let configs = existing.configs {
            steps += alter(topic, from: configs)
        } else if !topic.configs.isEmpty {
            steps.append(.configsUnknown(topic: topic.name))
        }
        return steps.isEmpty ? [.unchanged(topic: topic.name)] : steps
    }

    private static func alter(_ topic: TopicDefinition, from configs: [String: String]) -> [TopicStep] {
        var changes: [TopicStep.ConfigChange] = []
        var refusals: [TopicStep] = []
        for (name, value) in topic.configs.sorted(by: { $0.key < $1.key }) where configs[name] != value {
            if let now = configs[name], deletesRecords(name, from: now, to: value) {
                refusals.append(
                    .refuse(
                        topic: topic.name,
                        problem:
                            "refuse to change \(name) from \(now) to \(value): Kafka would delete records",
                        mend: "Set it to \(now) in its file, or change it by hand with kafka-configs"))
            } else {
                changes.append(TopicStep.ConfigChange(name: name, from: configs[name], to: value))
            }
        }
        return (changes.isEmpty ? [] : [.alterConfigs(topic: topic.name, changes: changes)]) + refusals
    }

    /// Whether a change lets the broker drop what it keeps now. For the retentions -1 is "for ever".
    private static func deletesRecords(_ name: String, from now: String, to value: String) -> Bool {
        switch name {
        case "retention.ms", "retention.bytes":
            guard let old = Int64(now), let new = Int64(value) else { return false }
            return new >= 0 && (old < 0 || new < old)
        case "cleanup.policy": return true
        default: return false
        }
    }

    /// A task reads partition p of every topic with the user's key, so they need the same number of them.
    private static func unevenlyDivided(_ wanted: [TopicDefinition]) -> [TopicStep] {
        let keyed = wanted.filter { $0.key == TopicDefinition.userKey }
        guard let first = keyed.first else { return [] }
        return keyed.filter { $0.partitions != first.partitions }.map { topic in
            .refuse(
                topic: topic.name,
                problem: "\(counted(topic.partitions, "partition")), but \(first.name) has "
                    + "\(first.partitions), and both are keyed by user",
                mend: "Give them the same number, so that a user's events meet in one task")
        }
    }
}
