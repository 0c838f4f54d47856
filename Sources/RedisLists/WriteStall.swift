/// Makes a Redis server slow on purpose, for load tests.
package enum WriteStall {
    /// From now on the server takes no writes for so long; reads are answered.
    package static func begin(at address: RedisAddress, ms: Int) throws(RedisError) {
        var connection = try RedisConnection(to: address, timeoutMs: 2_000)
        _ = try connection.ask("CLIENT", "PAUSE", "\(ms)", "WRITE")
    }
}
