import KafkaLog
import Testing

@Suite struct TopicPlanTests {
    private static let wanted = TopicDefinition(
        name: "a.v1", partitions: 6, replicationFactor: 1,
        configs: ["retention.ms": "1000", "cleanup.policy": "delete"])

    private static func existing(
        partitions: Int = 6, replication: Int = 1, configs: [String: String]? = [:]
    ) -> ExistingTopic {
        let all = configs.map {
            ["retention.ms": "1000", "cleanup.policy": "delete", "segment.bytes": "7"].merging($0) { $1 }
        }
        return ExistingTopic(
            name: "a.v1", partitions: partitions, replicationFactor: replication, configs: all)
    }

    @Test(arguments: [
        ([], "+ create a.v1: 6 partitions, replication 1, cleanup.policy=delete, retention.ms=1000"),
        ([existing()], "= unchanged a.v1"),
        (
            [existing(partitions: 3)],
            "~ grow a.v1: 3 → 6 partitions (keys move to other partitions from then on)"
        ),
        ([existing(configs: ["retention.ms": "10"])], "~ alter a.v1: retention.ms 10 → 1000"),
        (
            [existing(partitions: 8)],
            "! a.v1: refuse to shrink: it has 8 partitions, wanted 6. Set partitions to 8 in its file; Kafka "
                + "only adds partitions."
        ),
        (
            [existing(configs: ["retention.ms": "-1"])],
            "! a.v1: refuse to change retention.ms from -1 to 1000: Kafka would delete records. Set it to -1 in "
                + "its file, or change it by hand with kafka-configs."
        ),
        (
            [existing(configs: ["cleanup.policy": "compact"])],
            "! a.v1: refuse to change cleanup.policy from compact to delete: Kafka would delete records. Set it "
                + "to compact in its file, or change it by hand with kafka-configs."
        ),
        (
            [existing(replication: 3)],
            "! a.v1: refuse to move replicas: it has replication 3, wanted 1. Set replication_factor to 3 in its "
                + "file, or move them with kafka-reassign-partitions."
        ),
        ([existing(configs: nil)], "? a.v1: this broker does not tell its configs; not compared"),
        (
            [existing(partitions: 1, configs: ["retention.ms": "2000", "cleanup.policy": "delete"])],
            "~ grow a.v1: 1 → 6 partitions (keys move to other partitions from then on)\n! a.v1: refuse to "
                + "change retention.ms from 2000 to 1000: Kafka would delete records. Set it to 2000 in its file, "
                + "or change it by hand with kafka-configs."
        ),
    ])
    func saysWhatItWouldDo(existing: [ExistingTopic], expected: String) {
        let plan = TopicPlan(wanted: [Self.wanted], existing: existing, brokers: 1)
        #expect(plan.description == expected)
        #expect(plan.hasChanges == (expected.contains("+") || expected.contains("~")))
        #expect(plan.hasRefusals == expected.contains("!"))
    }

    @Test func needsAsManyBrokersAsReplicas() {
        var topic = Self.wanted
        topic.replicationFactor = 3
        let plan = TopicPlan(wanted: [topic], existing: [], brokers: 1)
        #expect(
            plan.description
                == "! a.v1: replication_factor 3 needs as many brokers, and there is 1. Set replication_factor to "
                + "1 or less in its file, or add brokers.")
        #expect(!plan.hasChanges)
    }

    @Test func topicsKeyedByUserAreDividedAlike() {
        var other = TopicDefinition(name: "b.v1", partitions: 4)
        let catalog = TopicDefinition(name: "c.v1", partitions: 1, key: "item_id")
        let uneven = TopicPlan(wanted: [Self.wanted, other, catalog], existing: [], brokers: 1)
        #expect(uneven.steps.filter(\.isRefusal).count == 1)
        #expect(uneven.description.contains("! b.v1: 4 partitions, but a.v1 has 6"))
        other.partitions = 6
        #expect(!TopicPlan(wanted: [Self.wanted, other, catalog], existing: [], brokers: 1).hasRefusals)
    }
}

@Suite(.ownThread) struct TopicAdminTests {
    @Test func plansAgainstABroker() throws {
        let broker = try EmbeddedBroker(topics: ["a.v1": 2])
        let admin = try TopicAdmin(quick(broker)) { _ in }
        let plan = try admin.plan([
            TopicDefinition(name: "a.v1", partitions: 2, configs: ["retention.ms": "1"]),
            TopicDefinition(name: "b.v1", partitions: 2),
        ])
        #expect(
            plan.steps.map(\.description) == [
                "? a.v1: this broker does not tell its configs; not compared",
                "+ create b.v1: 2 partitions, replication 1",
            ])
        do {
            try admin.apply(plan)
            Issue.record("the mock cluster has learned to create topics: test it")
        } catch {
            #expect(
                error.message
                    == "topic 'b.v1' cannot be created: this broker does not support that admin call. Use Kafka "
                    + "1.1 or later; the embedded broker has topics only as it was started with.")
        }
    }

    @Test func saysWhenNobodyIsThere() throws {
        let admin = try TopicAdmin(KafkaConnection(bootstrapServers: "127.0.0.1:1"), timeoutMs: 2_000) { _ in
        }
        #expect(throws: KafkaError.self) { _ = try admin.plan([TopicDefinition(name: "a.v1")]) }
    }
}
