/// The notation of `redis.url`. Its messages never quote the text, which may hold a password.
struct RedisAddress: Notation {
    let expectation =
        "redis://[user[:password]@]host[:port][/database] or unix:///path/to/socket[?db=database]"
    let range = "redis://… or unix:///…"

    func read(_ text: String) throws(Fault) -> RedisURL {
        guard let (scheme, rest) = Self.cut(text, after: "://") else {
            throw Fault("has no scheme such as redis://")
        }
        switch scheme {
        case "redis": return try tcp(rest)
        case "unix": return try socket(rest)
        case "rediss":
            throw Fault(
                "asks for TLS (rediss://), which Freshet does not speak",
                mend:
                    "Run a TLS tunnel such as stunnel beside it, and name its plain end here."
            )
        default: throw Fault("has a scheme that is neither redis nor unix")
        }
    }

    func show(_ value: RedisURL) -> String { value.description }

    private func tcp(_ text: Substring) throws(Fault) -> RedisURL {
        let (user, password, rest) = try credentials(text.prefix { $0 != "/" && $0 != "?" })
        guard let address = HostPort(rest, standardPort: 6379) else {
            throw Fault("has no usable host and port")
        }
        let path = text[rest.endIndex...]
        guard !path.contains("?") else { throw Fault("has parameters after '?'") }
        let number = path.dropFirst()
        return RedisURL(
            endpoint: .tcp(host: address.host, port: address.port), user: user, password: password,
            database: number.isEmpty ? 0 : try database(number))
    }

    private func socket(_ text: Substring) throws(Fault) -> RedisURL {
        let (user, password, rest) = try credentials(text.prefix { $0 != "/" })
        guard rest.isEmpty else { throw Fault("has a socket path that does not begin with '/'") }
        let place = text[rest.endIndex...]
        let path = place.prefix { $0 != "?" }
        guard (2...107).contains(path.utf8.count), !path.unicodeScalars.contains(where: { $0.value < 0x20 })
        else {
            throw Fault("has a socket path of \(path.utf8.count) bytes, where 2 to 107 are possible")
        }
        let parameters = place[path.endIndex...]
        guard parameters.isEmpty || parameters.hasPrefix("?db=") else {
            throw Fault("has unknown parameters after '?'")
        }
        return RedisURL(
            endpoint: .unix(path: String(path)), user: user, password: password,
            database: parameters.isEmpty ? 0 : try database(parameters.dropFirst(4)))
    }

    /// What stands before the last `@`, decoded; and the rest.
    private func credentials(_ text: Substring) throws(Fault) -> (
        user: String?, password: String?, rest: Substring
    ) {
        guard let at = text.lastIndex(of: "@") else { return (nil, nil, text) }
        let words = text[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        var decoded: [String?] = []
        for word in words {
            guard let plain = Self.percentDecoded(word) else {
                throw Fault(
                    "has a user or password that is not percent-encoded well",
                    mend: "Write '%' itself as %25.")
            }
            decoded.append(plain.isEmpty ? nil : plain)
        }
        let password = decoded.count > 1 ? decoded[1] : nil
        guard decoded[0] == nil || password != nil else {
            throw Fault(
                "has a user without a password",
                mend: "Write user:password@, or :password@ for the default user.")
        }
        return (decoded[0], password, text[text.index(after: at)...])
    }

    private func database(_ text: Substring) throws(Fault) -> Int {
        guard let number = WholeNumber.digits(in: String(text)).flatMap({ Int($0) }),
            (0...65_535).contains(number)
        else {
            throw Fault("has a database that is not a number from 0 to 65535")
        }
        return number
    }

    private static func cut(_ text: String, after separator: String) -> (String, Substring)? {
        guard let range = text.firstRange(of: separator) else { return nil }
        return (text[..<range.lowerBound].lowercased(), text[range.upperBound...])
    }

    /// `nil` where a `%` is not followed by two hexadecimal digits, or the bytes are not UTF-8 or hold a NUL.
    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
                let code = UInt8(digits, radix: 16), code > 0
            else { return nil }
            bytes.append(code)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
