import Testing

@testable import RedisLists

struct RedisProbeTests {
    private static let address = RedisAddress(.tcp(host: "h", port: 1))

    @Test func aFreshServerIsFine() throws {
        let redis = try PrivateRedis()
        let findings = RedisProbe.examine(redis.address)
        #expect(findings.map(\.level) == [.fine])
        #expect(findings[0].message.hasPrefix("Redis "))
        #expect(findings[0].message.hasSuffix(" at \(redis.address) answers."))
    }

    @Test func anEvictingServerIsAWarning() throws {
        let redis = try PrivateRedis()
        try redis.configSet("maxmemory", "100mb")
        #expect(RedisProbe.examine(redis.address).map(\.level) == [.fine])
        for policy in ["allkeys-lru", "allkeys-random", "volatile-ttl"] {
            try redis.configSet("maxmemory-policy", policy)
            let findings = RedisProbe.examine(redis.address)
            #expect(findings.map(\.level) == [.fine, .warning])
            #expect(findings[1].message.contains(policy))
            #expect(findings[1].mend.contains("noeviction"))
        }
    }

    @Test func aReplicaIsAnError() throws {
        let redis = try PrivateRedis()
        try redis.ask("REPLICAOF", "127.0.0.1", "1")
        let findings = RedisProbe.examine(redis.address)
        #expect(findings.map(\.level) == [.error])
        #expect(findings[0].message == "The server is a read-only replica.")
        try redis.configSet("replica-read-only", "no")
        #expect(RedisProbe.examine(redis.address).map(\.level) == [.fine, .warning])
    }

    @Test func nobodyThereIsAnError() throws {
        let findings = RedisProbe.examine(RedisAddress(.socket(path: "/nonexistent/redis.sock")))
        #expect(
            findings == [
                .init(
                    level: .error, message: "Redis at unix:///nonexistent/redis.sock refuses connections.",
                    mend: "Start the server there, or correct the address.")
            ])
    }

    @Test(
        arguments: [
            ("redis_version:5.0.14\r\n", .error, "Redis 5.0.14 is too old."),
            ("", .error, "The server does not tell its version."),
            ("redis_version:7.0.1\nloading:1\n", .error, "The server is still loading its data."),
            ("redis_version:7.0.1\ncluster_enabled:1\n", .error, "The server is a node of Redis Cluster"),
            (
                "redis_version:7.2.4\r\nvalkey_version:8.0.1\r\n", .fine,
                "Valkey 8.0.1 at redis://h:1 answers."
            ),
            ("redis_version:7.0.1\nmaxmemory:0\nmaxmemory_policy:allkeys-lru\n", .fine, "Redis 7.0.1 at"),
        ] as [(String, RedisProbe.Finding.Level, String)])
    func whatInfoSaysIsUnderstood(info: String, level: RedisProbe.Finding.Level, words: String) {
        let findings = RedisProbe.findings(info: RedisProbe.facts(info), address: Self.address)
        #expect(findings.count == 1)
        #expect(findings[0].level == level)
        #expect(findings[0].message.hasPrefix(words))
        #expect(findings[0].mend.isEmpty == (level == .fine))
    }
}
