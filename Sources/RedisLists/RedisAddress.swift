/// Where a Redis server listens, and who we are there.
///
/// What is printed never holds the password: neither `description` nor a dump.
package struct RedisAddress: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        /// A host name or an address, without brackets; port in 1...65535.
        case tcp(host: String, port: UInt16)
        /// A file name of at most `socketPathBytesMax` bytes.
        case socket(path: String)
    }

    package var place: Place
    /// `nil` is Redis' default user.
    package var user: String?
    package var password: String?
    /// The number of the database, 0 unless said otherwise.
    package var database: Int32

    /// What `sun_path` holds beside its final zero; hiredis would cut a longer path without a word.
    package static let socketPathBytesMax = 107
    package static let defaultPort: UInt16 = 6379

    package init(_ place: Place, user: String? = nil, password: String? = nil, database: Int32 = 0) {
        self.place = place
        self.user = user
        self.password = password
        self.database = database
    }

    /// The start of a `redis-cli` command line that talks to this server, quoted for a POSIX shell.
    ///
    /// It leaves the password out: `redis-cli` takes it from `REDISCLI_AUTH`.
    package var commandLine: String {
        var words = ["redis-cli"]
        switch place {
        case .tcp(let host, let port): words += ["-h", host, "-p", "\(port)"]
        case .socket(let path): words += ["-s", path]
        }
        if database != 0 { words += ["-n", "\(database)"] }
        if let user { words += ["--user", user] }
        return words.map(Self.quoted).joined(separator: " ")
    }

    /// A word as a POSIX shell reads it back unchanged.
    package static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { PercentCoding.isUnreserved($0) || $0 == UInt8(ascii: "/") }
        guard !plain || word.isEmpty else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
            + "'"
    }
}

extension RedisAddress: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// As it is written in settings, with `***` for the password.
    package var description: String {
        var userinfo = ""
        if password != nil { userinfo = PercentCoding.encode(user ?? "") + ":***@" }
        switch place {
        case .tcp(let host, let port):
            let isIPv6 = host.utf8.contains(UInt8(ascii: ":"))
            let name = isIPv6 ? "[\(PercentCoding.encode(host, keeping: ":"))]" : PercentCoding.encode(host)
            return "redis://\(userinfo)\(name):\(port)" + (database == 0 ? "" : "/\(database)")
        case .socket(let path):
            let name = PercentCoding.encode(path, keeping: "/")
            return "unix://\(userinfo)\(name)" + (database == 0 ? "" : "?db=\(database)")
        }
    }

    package var debugDescription: String { description }

    /// Without children, so that a dump falls back to the description.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
