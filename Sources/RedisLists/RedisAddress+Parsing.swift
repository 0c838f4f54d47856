extension RedisAddress {
    /// Why a text is not an address. Ends with the mend and never quotes the text, which may hold a password.
    package struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
        package var message: String
        package var description: String { message }

        init(_ what: String, mend: String) {
            message = "The Redis address \(what). \(mend)"
        }
    }

    /// Reads `redis://[[user]:password@]host[:port][/db]` or `unix://[[user]:password@]/path[?db=N]`.
    ///
    /// `valkey://` is taken for `redis://`. User, password, host and path are percent-decoded; an IPv6 address
    /// stands in brackets; the port is 6379 and the database 0 where none is given.
    package init(_ text: String) throws(Problem) {
        guard let (scheme, rest) = Self.cut(text, at: "://") else {
            throw Problem("has no scheme", mend: "Write redis://host:6379 or unix:///path/to/redis.sock.")
        }
        switch scheme.lowercased() {
        case "redis", "valkey": try self.init(afterRedisScheme: rest)
        case "unix": try self.init(afterUnixScheme: rest)
        case "rediss", "valkeys":
            throw Problem(
                "asks for TLS, which hiredis 0.14 cannot speak",
                mend: "Put a TLS tunnel such as stunnel in between and write redis:// with the tunnel's end, "
                    + "or build against hiredis 1.0 or newer.")
        default:
            throw Problem(
                "has an unknown scheme", mend: "Write redis://host:6379 or unix:///path/to/redis.sock.")
        }
    }

    private init(afterRedisScheme text: Substring) throws(Problem) {
        let (beforeQuery, query) = Self.cut(text, at: "?") ?? (text, "")
        let (authority, path) = Self.cut(beforeQuery, at: "/") ?? (beforeQuery, "")
        let (login, place) = try Self.login(in: authority)
        let (host, port) = try Self.hostAndPort(place)
        guard path.isEmpty || query.isEmpty else {
            throw Problem("names its database twice", mend: "Keep /N after the port, or ?db=N.")
        }
        let database = path.isEmpty ? try Self.database(inQuery: query) : try Self.database(path)
        self.init(
            .tcp(host: host, port: port), user: login.user, password: login.password, database: database)
    }

    private init(afterUnixScheme text: Substring) throws(Problem) {
        let (beforeQuery, query) = Self.cut(text, at: "?") ?? (text, "")
        guard let slash = beforeQuery.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            throw Problem("has no path", mend: "Write unix:///path/to/redis.sock, with three slashes.")
        }
        let (login, host) = try Self.login(in: beforeQuery[..<slash])
        guard host.isEmpty else {
            throw Problem(
                "has a host where a path is expected",
                mend: "Write unix:///path/to/redis.sock, with three slashes.")
        }
        let path = try Self.decoded(beforeQuery[slash...])
        guard path != "/", path.utf8.count <= Self.socketPathBytesMax else {
            throw Problem(
                "has a path that no socket can have",
                mend: "Name a socket file by at most \(Self.socketPathBytesMax) bytes.")
        }
        self.init(
            .socket(path: path), user: login.user, password: login.password,
            database: try Self.database(inQuery: query))
    }

    /// Splits `user:password@` from what follows; a raw `@` in the password is forgiven.
    private static func login(
        in authority: Substring
    ) throws(Problem) -> (login: (user: String?, password: String?), place: Substring) {
        guard let at = authority.utf8.lastIndex(of: UInt8(ascii: "@")) else { return ((nil, nil), authority) }
        let place = authority[authority.utf8.index(after: at)...]
        // Some clients take a lone word for the user, others for the password: we do not guess with secrets.
        guard let (user, password) = cut(authority[..<at], at: ":") else {
            throw Problem(
                "has one word before its @",
                mend: "Write user:password@, or :password@ for Redis' default user.")
        }
        let name = try decoded(user)
        return ((name.isEmpty ? nil : name, try decoded(password)), place)
    }

    private static func hostAndPort(_ text: Substring) throws(Problem) -> (host: String, port: UInt16) {
        let host: Substring
        var port: Substring?
        if text.utf8.first == UInt8(ascii: "[") {
            guard let (inside, after) = cut(text.dropFirst(), at: "]"), after.isEmpty || after.hasPrefix(":")
            else {
                throw Problem(
                    "has an unfinished IPv6 address", mend: "Write it in brackets, as in redis://[::1]:6379.")
            }
            host = inside
            port = after.isEmpty ? nil : after.dropFirst()
        } else if let (name, number) = cut(text, at: ":") {
            guard !number.utf8.contains(UInt8(ascii: ":")) else {
                throw Problem(
                    "has an IPv6 address without brackets", mend: "Write it as in redis://[::1]:6379.")
            }
            host = name
            port = number
        } else {
            host = text
        }
        let name = try decoded(host)
        guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw Problem("has no host that could be looked up", mend: "Write redis://host:6379.")
        }
        guard let port else { return (name, defaultPort) }
        guard let number = UInt16(digits(port)), number > 0 else {
            throw Problem(
                "has a port that is not in 1...65535", mend: "Redis listens on 6379 unless told otherwise.")
        }
        return (name, number)
    }

    private static func database(inQuery query: Substring) throws(Problem) -> Int32 {
        guard !query.isEmpty else { return 0 }
        guard let (name, value) = cut(query, at: "="), name == "db", !value.isEmpty else {
            throw Problem("has an unknown query", mend: "Only ?db=N is known.")
        }
        return try database(value)
    }

    private static func database(_ text: Substring) throws(Problem) -> Int32 {
        guard let number = Int32(digits(text)) else {
            throw Problem(
                "has a database that is not a number",
                mend: "Use 0 or more; Redis has 16 unless told otherwise.")
        }
        return number
    }

    /// The text where it is nothing but digits, else nothing: `Int32("+1")` would be 1.
    private static func digits(_ text: Substring) -> Substring {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? text : ""
    }

    private static func decoded(_ text: Substring) throws(Problem) -> String {
        guard let result = PercentCoding.decode(text), !result.utf8.contains(0) else {
            throw Problem(
                "has a % that does not begin an encoded UTF-8 byte", mend: "Write a plain % as %25.")
        }
        return result
    }

    /// What stands before and after the first `mark`; `nil` where there is none.
    private static func cut(_ text: some StringProtocol, at mark: String) -> (Substring, Substring)? {
        let bytes = Substring(text)
        guard let range = bytes.firstRange(of: mark) else { return nil }
        return (bytes[..<range.lowerBound], bytes[range.upperBound...])
    }
}
