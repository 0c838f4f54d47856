/// Makes a Redis server slow on purpose, for load tests.
package enum WriteStall {
    /// A machine under test may be slow to answer: that is no reason to end the test.
    private static let patienceMs: Int32 = 60_000

    /// From now on the server takes no writes for so long; reads are answered.
    package static func begin(at address: RedisAddress, ms: Int) throws(RedisError) {
        var connection = try RedisConnection(to: address, timeoutMs: patienceMs)
        _ = try connection.ask("CLIENT", "PAUSE", "\(ms)", "WRITE")
    }
}
