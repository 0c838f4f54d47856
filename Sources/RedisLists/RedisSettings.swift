/// How lists are written.
package struct RedisSettings: Equatable, Sendable {
    /// How long a key lives after it was last written or refreshed, in seconds; 1 or more.
    package var ttlSeconds: Int32 = 7 * 24 * 3600
    /// The longest silence of the server before a write counts as failed, in milliseconds; 1 or more.
    package var timeoutMs: Int32 = 1_000
    /// Whether the profile hashes are written.
    package var profiles = true

    package init() {}
}
