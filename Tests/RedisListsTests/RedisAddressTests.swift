import RedisLists
import Testing

struct RedisAddressTests {
    private static let socket = "/run/redis.sock"

    @Test(arguments: [
        ("redis://localhost", RedisAddress(.tcp(host: "localhost", port: 6379))),
        ("REDIS://h:1", RedisAddress(.tcp(host: "h", port: 1))),
        ("valkey://h:65535/15", RedisAddress(.tcp(host: "h", port: 65535), database: 15)),
        ("redis://h/", RedisAddress(.tcp(host: "h", port: 6379))),
        ("redis://h?db=3", RedisAddress(.tcp(host: "h", port: 6379), database: 3)),
        ("redis://:pw@h", RedisAddress(.tcp(host: "h", port: 6379), password: "pw")),
        (
            "redis://ann:pw@h:7/2",
            RedisAddress(.tcp(host: "h", port: 7), user: "ann", password: "pw", database: 2)
        ),
        ("redis://ann:@h", RedisAddress(.tcp(host: "h", port: 6379), user: "ann", password: "")),
        (
            "redis://a%3Ab:p%40%2F%25%3A@h",
            RedisAddress(.tcp(host: "h", port: 6379), user: "a:b", password: "p@/%:")
        ),
        ("redis://:p@q:r@h", RedisAddress(.tcp(host: "h", port: 6379), password: "p@q:r")),
        ("redis://:%F0%9F%94%91@h", RedisAddress(.tcp(host: "h", port: 6379), password: "🔑")),
        ("redis://[::1]", RedisAddress(.tcp(host: "::1", port: 6379))),
        (
            "redis://:x@[fe80::1%25eth0]:7/1",
            RedisAddress(.tcp(host: "fe80::1%eth0", port: 7), password: "x", database: 1)
        ),
        ("unix:///run/redis.sock", RedisAddress(.socket(path: socket))),
        ("unix:///run/redis.sock?db=2", RedisAddress(.socket(path: socket), database: 2)),
        ("unix://ann:pw@/run/redis.sock", RedisAddress(.socket(path: socket), user: "ann", password: "pw")),
        ("unix:///tmp/a%20b@c:d", RedisAddress(.socket(path: "/tmp/a b@c:d"))),
    ])
    func reads(text: String, expected: RedisAddress) throws {
        #expect(try RedisAddress(text) == expected)
    }

    @Test(arguments: [
        ("", "has no scheme"), ("localhost:6379", "has no scheme"), ("http://h", "unknown scheme"),
        ("rediss://h", "stunnel"), ("valkeys://h", "stunnel"), ("redis://", "no host"),
        ("redis:///1", "no host"),
        ("redis://:6379", "no host"), ("redis://a b", "no host"), ("redis://h:", "1...65535"),
        ("redis://h:0", "1...65535"), ("redis://h:65536", "1...65535"), ("redis://h:+1", "1...65535"),
        ("redis://h:six", "1...65535"), ("redis://h/one", "not a number"), ("redis://h/-1", "not a number"),
        ("redis://h/1/2", "not a number"), ("redis://h/99999999999", "not a number"),
        ("redis://h/1?db=2", "twice"), ("redis://h?timeout=1", "?db=N"), ("redis://h?db=", "?db=N"),
        ("redis://secret@h", "user:password@"), ("redis://::1", "brackets"), ("redis://[::1", "brackets"),
        ("redis://[::1]6379", "brackets"), ("redis://:%G0@h", "%25"), ("redis://:%@h", "%25"),
        ("redis://:%FF@h", "%25"), ("redis://h%00", "%25"), ("unix://", "three slashes"),
        ("unix://run/redis.sock", "three slashes"), ("unix:///", "107 bytes"),
        ("unix:///" + String(repeating: "x", count: 107), "107 bytes"),
    ])
    func refuses(text: String, saying words: String) throws {
        let problem = try #require(throws: RedisAddress.Problem.self) { try RedisAddress(text) }
        #expect(problem.message.contains(words))
        #expect(problem.message.hasSuffix("."))
        #expect(!problem.message.contains("secret"))
    }

    @Test(arguments: [
        ("redis://h", "redis://h:6379"), ("redis://ann:secret@h/2", "redis://ann:***@h:6379/2"),
        ("redis://:secret@[::1]:7", "redis://:***@[::1]:7"),
        ("unix://:secret@/a%20b?db=1", "unix://:***@/a%20b?db=1"),
        ("unix:///a/b.sock", "unix:///a/b.sock"),
    ])
    func printsWithoutThePassword(text: String, printed: String) throws {
        let address = try RedisAddress(text)
        #expect(address.description == printed)
        #expect("\(address)" == printed)
        var dumped = ""
        dump(address, to: &dumped)
        #expect(!dumped.contains("secret"))
        #expect(!String(reflecting: [address]).contains("secret"))
        var bare = address
        bare.password = nil
        bare.user = nil
        #expect(try RedisAddress(bare.description) == bare)
    }

    @Test(arguments: [
        ("redis://h:7/2", "redis-cli -h h -p 7 -n 2"),
        ("redis://ann:secret@h", "redis-cli -h h -p 6379 --user ann"),
        ("unix:///tmp/x.sock", "redis-cli -s /tmp/x.sock"),
        ("unix:///tmp/it's%20x", #"redis-cli -s '/tmp/it'\''s x'"#),
    ])
    func saysHowToAskByHand(text: String, line: String) throws {
        #expect(try RedisAddress(text).commandLine == line)
    }
}
