import CRdkafka
import Pipeline

/// Asks whether Kafka is there, and what it has: for `doctor`.
package enum BrokerProbe {
    /// The cluster, or the reason why it cannot be had, within about `timeoutMs`.
    package static func look(
        _ connection: KafkaConnection, timeoutMs: Int32 = 5_000
    ) throws(KafkaError) -> ClusterView {
        let settings = ClientSettings()
        try settings.configure(connection, defaults: [:])
        let events = ClientEvents(servers: connection.bootstrapServers, notify: { _ in })
        let client = try settings.makeClient(RD_KAFKA_PRODUCER, events)
        return try look(client, events, timeoutMs: timeoutMs)
    }

    /// Gives up before the time when every broker has refused.
    static func look(
        _ client: borrowing Client, _ events: ClientEvents, timeoutMs: Int32
    ) throws(KafkaError) -> ClusterView {
        let deadline = ContinuousClock.now + .milliseconds(Int(timeoutMs))
        repeat {
            if let view = try? client.metadata(timeoutMs: min(timeoutMs, 250)) { return view }
            rd_kafka_poll(client.handle, 0)  // Hands over why.
            if let trouble = events.takeTrouble() { throw .denied(trouble.message) }
        } while !events.isAway && ContinuousClock.now < deadline
        let reason = events.lastFailure
        throw .unreachable(
            servers: events.servers,
            reason: reason.map { "does not answer (\($0))" } ?? "does not answer in time",
            mend: mend(for: reason ?? ""))
    }

    private static func mend(for reason: String) -> String {
        if reason.contains("refused") {
            "Nothing listens there: start Kafka, or correct kafka.brokers in config/freshet.yaml"
        } else if reason.contains("resolve") {
            "The name is not known here: correct kafka.brokers in config/freshet.yaml, or the DNS"
        } else if reason.contains("security.protocol") || reason.contains("SSL") {
            "It hung up on us: check security.protocol and the ssl.* settings under kafka.properties"
        } else {
            "Check kafka.brokers in config/freshet.yaml, the advertised.listeners of the brokers, and "
                + "firewalls"
        }
    }
}

extension ClusterView: CustomStringConvertible {
    /// One line for the brokers, then one per topic; the broker's own topics are left out.
    package var description: String {
        let places = brokers.map { "\($0.host):\($0.port)" }.joined(separator: ", ")
        let lines = topics.filter { !$0.name.hasPrefix("__") }.map { topic in
            "  \(topic.name): \(counted(topic.partitions, "partition")), replication \(topic.replicationFactor)"
        }
        return (["\(counted(brokers.count, "broker")) (\(places))"] + lines).joined(separator: "\n")
    }
}
