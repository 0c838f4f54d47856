import KafkaLog
import RedisLists
import Settings

/// Where a load test runs: servers of its own, or those that the settings name.
struct LoadPlace {
    /// With the servers' addresses.
    let settings: Settings
    /// What `run` is told, so that it holds the same settings.
    let arguments: [String]
    let isOwn: Bool
    /// Of Redis, where it is ours.
    let redisPid: Int32?

    /// Bytes of a partition before the oldest are dropped; no limit that matters in a real Kafka.
    var partitionBytes: Int { isOwn ? EmbeddedBroker.partitionBytesMax : 1 << 40 }

    /// Servers of our own.
    init(own servers: borrowing DemoServers, settings: Settings, arguments: [String]) {
        var settings = settings
        let theirs = servers.settings
        settings.kafka.brokers = theirs.kafka.brokers
        settings.redis.url = theirs.redis.url
        var words: [String] = []
        func set(_ key: String, _ value: String) { words += ["--set", "\(key)=\(value)"] }
        set("kafka.brokers", theirs.kafka.brokers)
        for (name, value) in theirs.kafka.properties.pairs where settings.kafka.properties[name] == nil {
            settings.kafka.properties[name] = value
            set("kafka.properties.\(name)", value)
        }
        if case .socket(let path) = servers.redis.address.place { set("redis.url", "unix://\(path)") }
        self.settings = settings
        self.arguments = arguments + words
        isOwn = true
        redisPid = servers.redis.pid
    }

    /// The servers that the settings name; throws when they are not there.
    init(theirs settings: Settings, arguments: [String]) throws(CommandFailure) {
        let names = settings.kafka.topics
        do throws(KafkaError) {
            try BrokerProbe.requireTopics(names.all, KafkaConnection(settings.kafka))
        } catch {
            throw CommandFailure(error)
        }
        let findings = RedisProbe.examine(RedisAddress(settings.redis.url))
        if let finding = findings.first(where: { $0.level == .error }) {
            throw CommandFailure(.failed, "\(finding.message) \(finding.mend)")
        }
        self.settings = settings
        self.arguments = arguments
        isOwn = false
        redisPid = nil
    }

    /// For the sender: small batches, because what waits for company is late. Not as small for our own broker, which
    /// looks for every batch from the beginning of what it keeps and gives out one batch of a partition at a time.
    func producer(isOpenLoop: Bool) -> KafkaConnection {
        var connection = KafkaConnection(settings.kafka)
        guard isOpenLoop else { return connection }
        for (name, value) in [("linger.ms", isOwn ? "8" : "1"), ("compression.codec", "none")]
        where connection.properties[name] == nil {
            connection.properties[name] = value
        }
        return connection
    }
}
