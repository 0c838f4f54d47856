import KafkaLog
import RedisLists
import Settings

extension KafkaConnection {
    init(_ settings: KafkaSettings) {
        self.init(
            bootstrapServers: settings.brokers,
            properties: Dictionary(
                settings.properties.pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }))
    }
}

extension RedisAddress {
    init(_ url: RedisURL) {
        let place: Place =
            switch url.endpoint {
            case .tcp(let host, let port): .tcp(host: host, port: UInt16(clamping: port))
            case .unix(let path): .socket(path: path)
            }
        self.init(
            place, user: url.user, password: url.password, database: Int32(clamping: url.database))
    }
}
