import RedisLists
import Settings

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
