/// How to reach Kafka: the same for every client of a process.
package struct KafkaConnection: Equatable, Sendable {
    /// `host:port`, several with commas.
    package var bootstrapServers: String
    /// librdkafka's settings by their own names; they win over Freshet's defaults.
    package var properties: [String: String]
    /// What the broker's logs and quotas know us by.
    package var clientID: String

    package init(bootstrapServers: String, properties: [String: String] = [:], clientID: String = "freshet") {
        self.bootstrapServers = bootstrapServers
        self.properties = properties
        self.clientID = clientID
    }

    /// Every property that would be refused, by name; talks to no server.
    package func problems() -> [KafkaError] {
        var found: [KafkaError] = []
        for (name, value) in properties.sorted(by: { $0.key < $1.key }) {
            let settings = ClientSettings()
            do throws(KafkaError) {
                try settings.setNative(name, value)
            } catch {
                found.append(error)
            }
        }
        return found
    }
}
