extension Reading<String> {
    /// Anything but nothing.
    static func text(_ expects: String) -> Self {
        Self(expects: expects) { $0.isEmpty ? nil : $0 }
    }

    static let path = text("the path of a file")
    static let folder = text("the path of a folder")
    static let pathOrStandardInput = text("the path of a file, or '-' for standard input")

    /// `redis://`, `rediss://` or `unix:` and something after it. The Redis room reads the rest.
    static let redisURL = Self(expects: "a URL such as redis://localhost:6379/0 or unix:/run/redis.sock") {
        text in
        let schemes = ["redis://", "rediss://", "unix:"]
        return schemes.contains { text.hasPrefix($0) && text.utf8.count > $0.utf8.count } ? text : nil
    }

    /// `HOST:PORT`, several with commas; a port left out is Kafka's own.
    static let brokers = Self(expects: "HOST:PORT, or several with commas: kafka-1:9092,kafka-2:9092") {
        text in
        let brokers = text.split(separator: ",", omittingEmptySubsequences: false)
        return brokers.allSatisfy(isBroker) ? text : nil
    }

    /// The rules of Kafka: 1 to 249 of `a-z A-Z 0-9 . _ -`, and neither `.` nor `..`.
    static let topic = Self(expects: "a topic name of letters, digits, '.', '_' and '-'") { text in
        let isLegal = text.utf8.allSatisfy { isASCIIWord($0) || $0 == UInt8(ascii: "-") }
        return isLegal && (1...249).contains(text.utf8.count) && text != "." && text != ".." ? text : nil
    }

    private static func isBroker(_ text: Substring) -> Bool {
        guard !text.isEmpty, !text.contains(where: \.isWhitespace) else { return false }
        // What follows the last bracket, so that the colons of [::1]:9092 are not taken for the port's.
        let tail = text.lastIndex(of: "]").map { text[$0...].dropFirst() } ?? text
        guard let colon = tail.lastIndex(of: ":") else { return true }
        guard colon > text.startIndex, let port = UInt16(tail[tail.index(after: colon)...]) else {
            return false
        }
        return port > 0
    }
}

extension Reading<Assignment> {
    /// `a.b=c`: names with dots, the first `=`, and a value that may be empty.
    static let assignment = Self(expects: "KEY=VALUE, such as lists.size=20") { text in
        guard let equals = text.firstIndex(of: "=") else { return nil }
        let names = text[..<equals].split(separator: ".", omittingEmptySubsequences: false)
        let areNames = names.allSatisfy { name in
            !name.isEmpty && name.utf8.allSatisfy { isASCIIWord($0) || $0 == UInt8(ascii: "-") }
        }
        guard areNames else { return nil }
        return Assignment(key: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
    }
}

/// Letters, digits, `.` and `_`.
private func isASCIIWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"): true
    default: false
    }
}
