import CRdkafka

extension BrokerProbe {
    /// How long a cluster may take to create a topic that was asked for.
    private static let creationMsMax: Int32 = 2_000

    /// Which of the topics the cluster does not have, within about `timeoutMs` and two seconds.
    ///
    /// Asking for a topic by its name makes a cluster create it where `auto.create.topics.enable` is on. It
    /// is there some moments later, so that a missing one is asked for again.
    package static func missingTopics(
        among names: [String], _ connection: KafkaConnection, timeoutMs: Int32 = 5_000
    ) throws(KafkaError) -> [String] {
        let settings = ClientSettings()
        try settings.configure(connection, defaults: [:])
        let events = ClientEvents(servers: connection.bootstrapServers, notify: { _ in })
        let client = try settings.makeClient(RD_KAFKA_PRODUCER, events)
        let known = try look(client, events, timeoutMs: timeoutMs).topics.map(\.name)
        var missing = names.filter { !known.contains($0) }
        let deadline = ContinuousClock.now + .milliseconds(Int(min(timeoutMs, creationMsMax)))
        while !missing.isEmpty, ContinuousClock.now < deadline {
            missing.removeAll { name in
                let view = try? client.metadata(topic: name, timeoutMs: 250)
                return view?.topics.contains { $0.name == name && $0.partitions > 0 } ?? false
            }
            if !missing.isEmpty { rd_kafka_poll(client.handle, 100) }
        }
        return missing
    }

    /// Throws, with the mend, unless the cluster has all of the topics; cost as `missingTopics`.
    ///
    /// - Parameter place: what to correct where a name is wrong.
    package static func requireTopics(
        _ names: [String], _ connection: KafkaConnection, timeoutMs: Int32 = 5_000,
        place: String = "its name under kafka.topics"
    ) throws(KafkaError) {
        guard let name = try missingTopics(among: names, connection, timeoutMs: timeoutMs).first else {
            return
        }
        throw .refused(
            what: "topic '\(name)' does not exist",
            reason: "Kafka at \(connection.bootstrapServers) does not create topics",
            mend: "Create it with 'streamctl topics apply', or correct \(place)")
    }
}
