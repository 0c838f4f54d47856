/// A property of librdkafka that is not the user's to change, because a promise hangs on it.
struct OwnedProperty: Sendable {
    let name: String
    /// The values that Freshet itself sets, in all their spellings: saying the same is harmless.
    let keptAt: [String]
    /// What follows the property's name in a message.
    private let reason: String
    private let mend: String?

    private init(_ name: String, keptAt: [String] = [], _ reason: String, mend: String? = nil) {
        self.name = name
        self.keptAt = keptAt
        self.reason = reason
        self.mend = mend
    }

    /// Why this value cannot be had, or `nil` if it is the one that Freshet sets itself.
    func fault(for value: String) -> Fault? {
        if keptAt.contains(value) { return nil }
        guard let kept = keptAt.first else { return Fault(reason, mend: mend ?? "Remove it.") }
        return Fault("at \(quoted(value)) \(reason)", mend: "Remove it; Freshet keeps it at '\(kept)'.")
    }

    static let all: [OwnedProperty] = [
        OwnedProperty("bootstrap.servers", "has a key of its own", mend: "Set kafka.brokers."),
        OwnedProperty("metadata.broker.list", "has a key of its own", mend: "Set kafka.brokers."),
        OwnedProperty("group.id", "has a key of its own", mend: "Set kafka.group."),
        OwnedProperty(
            "enable.auto.offset.store", keptAt: ["false"],
            "would mark records as done before their lists are written, so that a crash loses them"),
        OwnedProperty(
            "enable.auto.commit", keptAt: ["true"],
            "would keep the offsets of finished work from ever being committed"),
        OwnedProperty(
            "auto.commit.enable", keptAt: ["true"],
            "would keep the offsets of finished work from ever being committed"),
        OwnedProperty(
            "offset.store.method", keptAt: ["broker"],
            "would keep offsets where other members of the group cannot see them"),
        OwnedProperty(
            "enable.partition.eof", keptAt: ["true"],
            "would hide where a partition ends, which the merge by event time must know"),
        OwnedProperty(
            "auto.offset.reset", keptAt: ["earliest", "smallest", "beginning"],
            "would skip records in silence, or fail, where no offset is stored yet"),
        OwnedProperty(
            "partition.assignment.strategy", keptAt: ["cooperative-sticky"],
            "would take all partitions away at every rebalance, with what was learned from them"),
        OwnedProperty(
            "isolation.level", keptAt: ["read_committed"],
            "would learn from transactions that were rolled back"),
        OwnedProperty(
            "enable.idempotence", keptAt: ["true"], "would let a retry publish a record twice or out of order"
        ),
        OwnedProperty(
            "acks", keptAt: ["all", "-1"], "would let a broker lose records that were reported as safe"),
        OwnedProperty(
            "request.required.acks", keptAt: ["all", "-1"],
            "would let a broker lose records that were reported as safe"),
        OwnedProperty(
            "partitioner", keptAt: ["murmur2_random"],
            "would send a user's events to other partitions than JVM producers do, and so out of order"),
        OwnedProperty(
            "delivery.report.only.error", keptAt: ["false"], "would hide which records have arrived"),
        OwnedProperty(
            "transactional.id", "would have every write refused, since Freshet opens no Kafka transactions"),
    ]
}
