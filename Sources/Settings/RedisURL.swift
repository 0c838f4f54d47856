/// Where Redis is: `redis://[user[:password]@]host[:port][/database]` or
/// `unix://[user[:password]@]/path/to/socket[?db=database]`.
///
/// User and password may be percent-encoded (RFC 3986), as they must be where they hold `@`, `:` or `/`.
/// Printing it masks the password.
package struct RedisURL: Equatable, Sendable {
    package enum Endpoint: Equatable, Sendable {
        /// The host without brackets; port 1…65535.
        case tcp(host: String, port: Int)
        /// 1…107 bytes: what a socket's address can hold.
        case unix(path: String)
    }

    package var endpoint: Endpoint
    /// `nil` is Redis's user `default`.
    package var user: String?
    package var password: String?
    /// From 0.
    package var database: Int

    package init(endpoint: Endpoint, user: String? = nil, password: String? = nil, database: Int = 0) {
        self.endpoint = endpoint
        self.user = user
        self.password = password
        self.database = database
    }
}

extension RedisURL: CustomStringConvertible, CustomDebugStringConvertible {
    /// The address with `****` for the password: fit for logs.
    package var description: String {
        var credentials = ""
        if user != nil || password != nil {
            credentials = "\(user ?? "")\(password == nil ? "" : ":****")@"
        }
        switch endpoint {
        case .tcp(let host, let port):
            let name = host.contains(":") ? "[\(host)]" : host
            return "redis://\(credentials)\(name):\(port)\(database == 0 ? "" : "/\(database)")"
        case .unix(let path):
            return "unix://\(credentials)\(path)\(database == 0 ? "" : "?db=\(database)")"
        }
    }

    package var debugDescription: String { description }
}
