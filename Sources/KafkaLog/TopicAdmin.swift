import CRdkafka

/// Looks at a cluster's topics and changes them by a plan; it has no way to shrink or delete.
package struct TopicAdmin: ~Copyable {
    private let client: Client
    private let events: ClientEvents
    private let timeoutMs: Int32

    /// - Parameter timeoutMs: the limit of each call to the cluster.
    package init(
        _ connection: KafkaConnection, timeoutMs: Int32 = 15_000,
        onNotice: @escaping @Sendable (KafkaNotice) -> Void
    ) throws(KafkaError) {
        let settings = ClientSettings()
        try settings.configure(connection, defaults: [:])
        let events = ClientEvents(servers: connection.bootstrapServers, notify: onNotice)
        client = try settings.makeClient(RD_KAFKA_PRODUCER, events)
        self.events = events
        self.timeoutMs = timeoutMs
    }

    /// What has to be done to bring the cluster to the definitions.
    package func plan(_ wanted: [TopicDefinition]) throws(KafkaError) -> TopicPlan {
        let view = try BrokerProbe.look(client, events, timeoutMs: timeoutMs)
        var existing: [ExistingTopic] = []
        for topic in view.topics where wanted.contains(where: { $0.name == topic.name }) {
            existing.append(
                ExistingTopic(
                    name: topic.name, partitions: topic.partitions,
                    replicationFactor: topic.replicationFactor,
                    configs: try configs(of: topic.name)?.mapValues(\.value)))
        }
        return TopicPlan(wanted: wanted, existing: existing, brokers: view.brokers.count)
    }

    /// Does what the plan says, in its order; `onStep` hears of each step that has been done.
    ///
    /// Retry rule: after a throw make a new plan, which holds what is left.
    package func apply(_ plan: TopicPlan, onStep: (TopicStep) -> Void = { _ in }) throws(KafkaError) {
        for step in plan.steps where step.isChange {
            switch step {
            case .create(let topic): try create(topic)
            case .addPartitions(let topic, _, let partitions): try grow(topic, to: partitions)
            case .alterConfigs(let topic, let changes): try alter(topic, changes)
            case .unchanged, .configsUnknown, .refuse: break
            }
            onStep(step)
        }
    }

    private func create(_ topic: TopicDefinition) throws(KafkaError) {
        let what = "topic '\(topic.name)' cannot be created"
        var request: OpaquePointer?
        let reason = refusal {
            request = rd_kafka_NewTopic_new(
                topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replicationFactor), $0,
                $1)
            return request != nil
        }
        guard request != nil else {
            throw .refused(what: what, reason: reason ?? "", mend: "Fix its file under topics/")
        }
        defer { rd_kafka_NewTopic_destroy(request) }
        for (name, value) in topic.configs.sorted(by: { $0.key < $1.key }) {
            rd_kafka_NewTopic_set_config(request, name, value)
        }
        _ = try call(RD_KAFKA_ADMIN_OP_CREATETOPICS, what) { options, queue in
            rd_kafka_CreateTopics(client.handle, &request, 1, options, queue)
        }
        waitUntilSeen(topic.name, partitions: topic.partitions)
    }

    private func grow(_ topic: String, to partitions: Int) throws(KafkaError) {
        let what = "topic '\(topic)' cannot be grown"
        var request: OpaquePointer?
        let reason = refusal {
            request = rd_kafka_NewPartitions_new(topic, partitions, $0, $1)
            return request != nil
        }
        guard request != nil else {
            throw .refused(what: what, reason: reason ?? "", mend: "Fix its file under topics/")
        }
        defer { rd_kafka_NewPartitions_destroy(request) }
        _ = try call(RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, what) { options, queue in
            rd_kafka_CreatePartitions(client.handle, &request, 1, options, queue)
        }
        waitUntilSeen(topic, partitions: partitions)
    }

    /// The controller answers before its brokers know: without this the next plan might begin anew.
    private func waitUntilSeen(_ topic: String, partitions: Int) {
        let deadline = ContinuousClock.now + .milliseconds(Int(timeoutMs))
        while ContinuousClock.now < deadline {
            if let view = try? client.metadata(topic: topic, timeoutMs: timeoutMs),
                view.topics.contains(where: { $0.partitions >= partitions })
            {
                return
            }
            rd_kafka_poll(client.handle, 20)
        }
    }

    /// This librdkafka only knows the call that resets every config it does not name, so all of the topic's own
    /// are read first and sent along. A change that someone else makes in between is undone.
    private func alter(_ topic: String, _ changes: [TopicStep.ConfigChange]) throws(KafkaError) {
        let what = "the configs of topic '\(topic)' cannot be changed"
        guard let now = try configs(of: topic) else {
            throw .refused(
                what: what, reason: "this broker does not tell the present ones",
                mend: "Change them by hand with kafka-configs")
        }
        var all = now.filter(\.value.isOwn).mapValues(\.value)
        for change in changes { all[change.name] = change.to }
        var request: OpaquePointer? = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic)
        defer { rd_kafka_ConfigResource_destroy(request) }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) {
            rd_kafka_ConfigResource_set_config(request, name, value)
        }
        _ = try call(RD_KAFKA_ADMIN_OP_ALTERCONFIGS, what) { options, queue in
            rd_kafka_AlterConfigs(client.handle, &request, 1, options, queue)
        }
    }

    /// Every config of a topic, and whether it was set for this topic; `nil` if the broker does not tell.
    private func configs(of topic: String) throws(KafkaError) -> [String: (value: String, isOwn: Bool)]? {
        var request: OpaquePointer? = rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic)
        defer { rd_kafka_ConfigResource_destroy(request) }
        let reply: AdminReply
        do throws(KafkaError) {
            reply = try call(
                RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, "the configs of topic '\(topic)' cannot be read"
            ) { options, queue in
                rd_kafka_DescribeConfigs(client.handle, &request, 1, options, queue)
            }
        } catch {
            if case .refused(_, Self.notSupported, _) = error { return nil }
            throw error
        }
        var configs: [String: (value: String, isOwn: Bool)] = [:]
        for resource in reply.resources {
            var count = 0
            guard let entries = rd_kafka_ConfigResource_configs(resource, &count) else { continue }
            for index in 0..<count {
                guard let entry = entries[index], let name = rd_kafka_ConfigEntry_name(entry),
                    let value = rd_kafka_ConfigEntry_value(entry)
                else { continue }
                let isOwn =
                    rd_kafka_ConfigEntry_source(entry) == RD_KAFKA_CONFIG_SOURCE_DYNAMIC_TOPIC_CONFIG
                configs[String(cString: name)] = (String(cString: value), isOwn)
            }
        }
        return configs
    }

    private static let notSupported = "this broker does not support that admin call"

    /// Makes one admin call and waits for its answer.
    private func call(
        _ operation: rd_kafka_admin_op_t, _ what: String,
        _ start: (_ options: OpaquePointer?, _ queue: OpaquePointer?) -> Void
    ) throws(KafkaError) -> AdminReply {
        // Without this, librdkafka would look for the controller until the time is up. Only the embedded broker
        // names one that is none of its brokers.
        let view = try BrokerProbe.look(client, events, timeoutMs: timeoutMs)
        let controller = rd_kafka_controllerid(client.handle, timeoutMs)
        guard view.brokers.contains(where: { $0.id == controller }) else {
            throw refused(what, ErrorCode(RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE), nil)
        }
        let options = rd_kafka_AdminOptions_new(client.handle, operation)
        let queue = rd_kafka_queue_new(client.handle)
        defer {
            rd_kafka_queue_destroy(queue)
            rd_kafka_AdminOptions_destroy(options)
        }
        _ = refusal {
            rd_kafka_AdminOptions_set_request_timeout(options, timeoutMs, $0, $1)
                == RD_KAFKA_RESP_ERR_NO_ERROR
        }
        start(options, queue)
        let event = rd_kafka_queue_poll(queue, timeoutMs + 1_000)
        rd_kafka_poll(client.handle, 0)  // Hands over what the client has to say.
        guard let event else {
            throw .refused(
                what: what, reason: "Kafka at \(events.servers) gave no answer within \(timeoutMs) ms",
                mend: "Check that it runs, and try again")
        }
        let reply = AdminReply(adopting: event)
        if let code = reply.code {
            throw refused(what, code, rd_kafka_event_error_string(event).map { String(cString: $0) })
        }
        if let (code, reason) = reply.refusal { throw refused(what, code, reason) }
        return reply
    }

    private func refused(_ what: String, _ code: ErrorCode, _ reason: String?) -> KafkaError {
        switch code.raw {
        case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
            .refused(
                what: what, reason: Self.notSupported,
                mend: "Use Kafka 1.1 or later; the embedded broker has topics only as it was started with")
        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
            .refused(
                what: what, reason: reason ?? code.description,
                mend: "Grant us Create, Alter, DescribeConfigs and AlterConfigs on it with kafka-acls")
        case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
            .refused(
                what: what, reason: reason ?? code.description,
                mend: "Set replication_factor to the number of brokers or less in its file")
        case RD_KAFKA_RESP_ERR_INVALID_CONFIG, RD_KAFKA_RESP_ERR_INVALID_PARTITIONS,
            RD_KAFKA_RESP_ERR_POLICY_VIOLATION, RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION:
            .refused(what: what, reason: reason ?? code.description, mend: "Fix its file under topics/")
        default:
            .refused(
                what: what, reason: reason ?? code.description,
                mend: "Run 'streamctl topics plan' to see what is left")
        }
    }
}
