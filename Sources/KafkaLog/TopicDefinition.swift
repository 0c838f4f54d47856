/// A topic as it should be: one file of `topics/`.
package struct TopicDefinition: Equatable, Sendable {
    package var name: String
    package var partitions: Int
    package var replicationFactor: Int
    /// Topic configs by Kafka's own names. What is not named here is left as it is.
    package var configs: [String: String]
    /// What the records' key is, `user_id` or `item_id`; topics that share `user_id` are divided alike.
    package var key: String
    /// The file of the JSON Schema of the value, beside the definition.
    package var schema: String?

    package init(
        name: String, partitions: Int = 6, replicationFactor: Int = 1, configs: [String: String] = [:],
        key: String = userKey, schema: String? = nil
    ) {
        self.name = name
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.configs = configs
        self.key = key
        self.schema = schema
    }

    /// The key of the topics that one task reads together, partition by partition.
    package static let userKey = "user_id"
}

/// A topic as the cluster has it.
package struct ExistingTopic: Equatable, Sendable {
    package var name: String
    package var partitions: Int
    package var replicationFactor: Int
    /// Every config with the value in force, defaults included; `nil` if the broker does not tell.
    package var configs: [String: String]?

    package init(name: String, partitions: Int, replicationFactor: Int, configs: [String: String]?) {
        self.name = name
        self.partitions = partitions
        self.replicationFactor = replicationFactor
        self.configs = configs
    }
}
