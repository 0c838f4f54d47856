/// The way to a server that may come and go: opened when it is needed, dropped when it failed.
///
/// Retry rule: none here. Whoever was told of a failure decides when to try again, and the next try connects anew.
struct RedisLink: ~Copyable {
    let address: RedisAddress
    let timeoutMs: Int32
    private var idle: RedisConnection?

    init(to address: RedisAddress, timeoutMs: Int32) {
        self.address = address
        self.timeoutMs = timeoutMs
    }

    /// The open connection, or a new one. Give it back with `keep` after success; to forget it is to close it.
    mutating func take() throws(RedisError) -> RedisConnection {
        if let open = idle.take() { return open }
        return try RedisConnection(to: address, timeoutMs: timeoutMs)
    }

    /// Takes back a connection all of whose replies were read.
    mutating func keep(_ connection: consuming RedisConnection) {
        idle = consume connection
    }
}
