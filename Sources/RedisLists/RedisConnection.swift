import CHiredis
import Glibc

/// An open connection to a Redis server: pipelines go out, replies come back in their order.
///
/// hiredis connects and parses. The bytes are sent from here, because hiredis writes with `write(2)`, and a server
/// that died would then kill this process by SIGPIPE.
///
/// After a throw the connection may be out of step with its replies: drop it. The one exception is an error
/// *reply*, after which the next reply is in place.
///
/// `@unchecked Sendable`: a context belongs to no thread, and a value that cannot be copied has one owner, so it
/// can be handed to another thread but never be used by two.
package struct RedisConnection: ~Copyable, @unchecked Sendable {
    private let context: UnsafeMutablePointer<redisContext>
    private let address: RedisAddress
    private let timeoutMs: Int32

    /// Connects, authenticates and selects the database.
    ///
    /// - Parameter timeoutMs: the longest silence, of the connect and of every later wait. Looking up a host name
    ///   is the resolver's own affair and may take longer.
    package init(to address: RedisAddress, timeoutMs: Int32) throws(RedisError) {
        let limitMs = max(1, timeoutMs)
        let limit = timeval(tv_sec: Int(limitMs / 1000), tv_usec: Int(limitMs % 1000) * 1000)
        let opened =
            switch address.place {
            case .tcp(let host, let port): redisConnectWithTimeout(host, Int32(port), limit)
            case .socket(let path): redisConnectUnixWithTimeout(path, limit)
            }
        let reason = errno
        guard let opened else { throw RedisError(.unreachable(reason: "no memory"), at: address) }
        var connection = Self(adopting: opened, address: address, timeoutMs: limitMs)
        guard opened.pointee.err == 0 else { throw connection.failure(errno: reason) }
        guard redisSetTimeout(opened, limit) == REDIS_OK else { throw connection.failure(errno: errno) }
        // hiredis leaves this out, and a process that we start would hold the connection open.
        _ = fcntl(opened.pointee.fd, F_SETFD, FD_CLOEXEC)
        try connection.introduce()
        self = connection
    }

    private init(
        adopting context: UnsafeMutablePointer<redisContext>, address: RedisAddress, timeoutMs: Int32
    ) {
        self.context = context
        self.address = address
        self.timeoutMs = timeoutMs
    }

    deinit { redisFree(context) }

    /// Sends a pipeline whole. Its replies must be taken one by one with `nextReply`.
    mutating func send(_ pipeline: borrowing ByteBuffer) throws(RedisError) {
        try pipeline.withBytes { bytes throws(RedisError) in
            var rest = bytes
            while !rest.isEmpty {
                let sent = Glibc.send(context.pointee.fd, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                if sent >= 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[sent...])
                } else if errno != EINTR {
                    throw RedisError(kind(ofErrno: errno), at: address)
                }
            }
        }
    }

    /// The next reply of what was sent; throws when it is an error.
    mutating func nextReply() throws(RedisError) -> RedisReply {
        var reply: UnsafeMutableRawPointer?
        guard redisGetReply(context, &reply) == REDIS_OK, let reply else { throw failure(errno: errno) }
        let owned = RedisReply(adopting: reply.assumingMemoryBound(to: redisReply.self))
        if let text = owned.errorText { throw RedisError(reply: text, at: address) }
        return owned
    }

    /// One command and its reply, for what happens seldom.
    package mutating func ask(_ words: String...) throws(RedisError) -> RedisValue {
        try ask(words)
    }

    package mutating func ask(_ words: [String]) throws(RedisError) -> RedisValue {
        var command = ByteBuffer(capacity: 256)
        command.beginCommand(words: words.count)
        for word in words { command.appendWord(word) }
        try send(command)
        return try nextReply().value
    }

    private mutating func introduce() throws(RedisError) {
        if let password = address.password {
            if let user = address.user {
                _ = try ask("AUTH", user, password)
            } else {
                _ = try ask("AUTH", password)
            }
        }
        if address.database != 0 { _ = try ask("SELECT", "\(address.database)") }
    }

    /// What hiredis' error state means; `errno` as it was when the call returned.
    private func failure(errno reason: Int32) -> RedisError {
        let kind: RedisError.Kind =
            switch context.pointee.err {
            case REDIS_ERR_EOF: .closed
            case REDIS_ERR_IO: kind(ofErrno: reason)
            case REDIS_ERR_PROTOCOL: .protocolError(reason: words)
            default: .unreachable(reason: words)
            }
        return RedisError(kind, at: address)
    }

    private func kind(ofErrno reason: Int32) -> RedisError.Kind {
        switch reason {
        case ECONNREFUSED, ENOENT: .refused
        case ETIMEDOUT, EAGAIN: .timedOut(milliseconds: timeoutMs)
        case EPIPE, ECONNRESET: .closed
        default: .unreachable(reason: String(cString: strerror(reason)))
        }
    }

    private var words: String {
        withUnsafeBytes(of: context.pointee.errstr) { text in
            String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
