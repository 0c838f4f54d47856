import Events
import KafkaLog
import RedisLists
import Settings

/// The demo's own broker and Redis: nothing outside is touched, and nothing is left behind.
struct DemoServers: ~Copyable {
    let broker: EmbeddedBroker
    var redis: PrivateRedis

    private init(broker: consuming EmbeddedBroker, redis: consuming PrivateRedis) {
        self.broker = broker
        self.redis = redis
    }

    static func start(
        topics: [Topic: String], deadLetters: String, partitions: Int, tcp: Bool
    ) throws(CommandFailure) -> DemoServers {
        let broker = try makeBroker(topics: topics, deadLetters: deadLetters, partitions: partitions)
        do throws(PrivateRedis.Problem) {
            return DemoServers(broker: broker, redis: try PrivateRedis(tcp: tcp))
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
    }

    /// The default settings, pointed at these servers.
    var settings: Settings {
        var settings = Settings()
        settings.kafka.brokers = broker.bootstrapServers
        // The embedded broker lets an empty fetch wait its whole time, even when a record comes meanwhile.
        settings.kafka.properties = ["fetch.wait.max.ms": "2"]
        if case .socket(let path) = redis.address.place {
            settings.redis.url = RedisURL(endpoint: .unix(path: path))
        }
        return settings
    }

    private static func makeBroker(
        topics: [Topic: String], deadLetters: String, partitions: Int
    ) throws(CommandFailure) -> EmbeddedBroker {
        do throws(KafkaError) {
            let broker = try EmbeddedBroker()
            for (topic, name) in topics.sorted(by: { $0.value < $1.value }) {
                try broker.create(name, partitions: topic == .catalog ? 1 : partitions)
            }
            try broker.create(deadLetters, partitions: 1)
            return broker
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Lets Redis outlive us.
    consuming func keepRedis() {
        redis.detach()
    }
}
