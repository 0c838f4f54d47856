/// `redis`: where front ends find the lists.
package struct RedisSettings: Equatable, Sendable {
    package var url = RedisURL(endpoint: .tcp(host: "localhost", port: 6379))
    /// How long a key lives after it was last written or refreshed.
    package var ttlSeconds = 604_800
    package var timeoutMs = 2_000
    /// Whether the hashes of user features are written.
    package var profiles = true
    /// Whether the lists of similar items are written.
    package var similar = true

    package init() {}

    static let keys: [Key] = [
        Key(
            "redis.url", \.redis.url, RedisAddress(),
            "Where the lists are written: redis://[user[:password]@]host[:port][/database] or a socket."),
        Key(
            "redis.ttl_seconds", \.redis.ttlSeconds, WholeNumber(60...31_536_000), unit: "seconds",
            "Lists of users who stay away vanish after this; a week covers weekly visitors."),
        Key(
            "redis.timeout_ms", \.redis.timeoutMs, WholeNumber(10...600_000), unit: "ms",
            "Longest wait to connect and for answers; after it Redis counts as down, and learning goes on."),
        Key(
            "redis.profiles", \.redis.profiles, Flag(),
            "Write each user's features to a hash for other services; false saves one write per user."),
        Key(
            "redis.similar", \.redis.similar, Flag(),
            "Write each item's neighbours; false saves memory in Redis where nobody reads them."),
    ]
}
