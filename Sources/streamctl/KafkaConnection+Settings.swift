import KafkaLog
import Settings

extension KafkaConnection {
    init(_ settings: KafkaSettings) {
        self.init(
            bootstrapServers: settings.brokers,
            properties: Dictionary(
                settings.properties.pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
    }
}
