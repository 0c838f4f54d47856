import KafkaLog

extension TopicStep {
    /// What programs read of a step; never renamed.
    var action: String {
        switch self {
        case .create: "create"
        case .addPartitions: "add-partitions"
        case .alterConfigs: "alter-configs"
        case .unchanged: "unchanged"
        case .configsUnknown: "configs-unknown"
        case .refuse: "refuse"
        }
    }

    var topic: String {
        switch self {
        case .create(let topic): topic.name
        case .addPartitions(let topic, _, _), .alterConfigs(let topic, _), .unchanged(let topic),
            .configsUnknown(let topic), .refuse(let topic, _, _):
            topic
        }
    }
}
