/// One line of a plan: something to do, or why nothing is done.
package enum TopicStep: Equatable, Sendable, CustomStringConvertible {
    case create(TopicDefinition)
    case addPartitions(topic: String, from: Int, to: Int)
    case alterConfigs(topic: String, changes: [ConfigChange])
    case unchanged(topic: String)
    /// The broker does not tell the configs, so they are neither compared nor changed.
    case configsUnknown(topic: String)
    case refuse(topic: String, problem: String, mend: String)

    package struct ConfigChange: Equatable, Sendable {
        package var name: String
        package var from: String?
        package var to: String

        package init(name: String, from: String?, to: String) {
            self.name = name
            self.from = from
            self.to = to
        }
    }

    /// Whether applying it would change the cluster.
    package var isChange: Bool {
        switch self {
        case .create, .addPartitions, .alterConfigs: true
        case .unchanged, .configsUnknown, .refuse: false
        }
    }

    package var isRefusal: Bool {
        if case .refuse = self { true } else { false }
    }

    package var description: String {
        switch self {
        case .create(let topic):
            "+ create \(topic.name): \(counted(topic.partitions, "partition")), replication "
                + "\(topic.replicationFactor)"
                + topic.configs.sorted { $0.key < $1.key }.map { ", \($0.key)=\($0.value)" }.joined()
        case .addPartitions(let topic, let from, let to):
            "~ grow \(topic): \(from) → \(counted(to, "partition")) (keys move to other partitions from then on)"
        case .alterConfigs(let topic, let changes):
            "~ alter \(topic): "
                + changes.map { "\($0.name) \($0.from ?? "unset") → \($0.to)" }.joined(separator: ", ")
        case .unchanged(let topic): "= unchanged \(topic)"
        case .configsUnknown(let topic): "? \(topic): this broker does not tell its configs; not compared"
        case .refuse(let topic, let problem, let mend): "! \(topic): \(problem). \(mend)."
        }
    }
}

/// `1 partition`, `6 partitions`.
func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
}
