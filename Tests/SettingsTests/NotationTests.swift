import Settings
import Testing

/// What each kind of value accepts and refuses, seen through a key that has it.
struct NotationTests {
    private func set(_ path: String, to text: String) -> LoadedSettings {
        Settings.load(yaml: "", source: "", overrides: ["\(path)=\(text)"])
    }

    @Test(arguments: [
        ("window.lateness_seconds", ["0", "600", "1_0"]), ("model.factors", ["8", "512", "64"]),
        ("model.seed", ["0", "4294967295"]),
        ("events.rating_min", ["-1", "0", ".5", "-1e3", "3.99"]),
        ("lists.allow", ["", "[]", "a", "a,b", "[a, b]", " a , a ", "käse", "\nwith, comma\nb"]),
        ("lists.algorithm", ["hybrid", "collaborative", "content", "neighbours", "popular"]),
        ("lists.diversity", ["0", "0.3", "1"]), ("redis.profiles", ["true", "false"]),
        ("log.level", ["debug", "info", "warning", "error"]),
        (
            "events.earliest",
            ["1970-01-01", "2024-02-29", "9999-12-31T23:59:59Z", "2000-01-01T00:00:00-05:30"]
        ),
        (
            "kafka.brokers",
            [
                "a", "a:1", "a:1,b:65535", "kafka_1:9092, kafka_2", "[::1]:9092", "[fe80::1%eth0]",
                "10.0.0.1:1",
            ]
        ),
        ("kafka.topics.ratings", ["a", "A.b_c-9", "..."]), ("kafka.group", ["x", "a b", "käse"]),
        ("state.folder", ["/var/lib/freshet", "a b", "."]),
        ("kafka.properties.client.id", ["", "x", "a=b", "yes"]),
        ("kafka.properties.isolation.level", ["read_committed"]), ("kafka.properties.acks", ["all", "-1"]),
    ])
    func accepts(path: String, texts: [String]) {
        for text in texts { #expect(set(path, to: text).findings == [], "\(path)=\(text)") }
    }

    @Test(arguments: [
        (
            "window.lateness_seconds",
            [
                "", "-1", "2592001", "1.0", "1e3", "0x10", "010", "ten", " 5", "5 ", "5\u{308}", "+5", "1__0",
                "_1", "1_",
                "--1", "٣", "-", "~",
            ]
        ),
        ("model.factors", ["0", "7", "60", "520"]),
        ("model.seed", ["-1", "4294967296", "9223372036854775808", "-9223372036854775809"]),
        ("events.rating_min", ["", "nan", "inf", "-inf", "0x1p3", "1e39", "1,5", "1e", "--1", "1000001"]),
        ("lists.deny", [",", "a,,b", "[a,]", "a\tb", String(repeating: "a", count: 129)]),
        ("lists.algorithm", ["", "Hybrid", "hybird", "neighbors"]),
        ("lists.diversity", ["", "-0.1", "1.1", "nan"]),
        ("redis.profiles", ["", "yes", "no", "on", "off", "True", "TRUE", "1", "0"]),
        ("log.level", ["", "INFO", "warn", "trace"]),
        (
            "events.earliest",
            [
                "", "1969-12-31", "1970-01-00", "1970-01-01T00:00:00+00:01", "2023-02-29", "2024-13-01",
                "2024-00-01",
                "2024-01-00",
                "2024-01-32", "2024-1-1", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
                "2024-01-01T00:00:60Z",
                "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00+24:00", "1700000000",
                "0001-01-01",
                "2024-01-01Z", "2024/01/01", "10000-01-01", "२०२४-01-01",
            ]
        ),
        (
            "kafka.brokers",
            [
                "", ",", "a,,b", "a:0", "a:65536", "a:x", "a:", ":1", "a b", "http://a", "-a", "::1", "[a]:1",
                "[::1", "ä",
            ]
        ),
        ("kafka.topics.ratings", ["", ".", "..", "a b", "ä", "a/b", String(repeating: "a", count: 250)]),
        ("kafka.group", ["", " x", "x ", "a\nb", "a\u{0}b", String(repeating: "a", count: 256)]),
        ("state.folder", ["", "~", "~/x", "a\u{0}"]),
        (
            "kafka.properties.client id", ["x"]
        ),
        ("kafka.properties.", ["x"]), ("kafka.properties.client.id", ["a\u{0}"]),
        ("kafka.properties.enable.auto.offset.store", ["true", "", "False"]),
        ("kafka.properties.transactional.id", ["x", ""]),
        ("kafka.properties.isolation.level", ["read_uncommitted"]),
        ("kafka.properties.auto.offset.reset", ["latest"]),
        ("kafka.properties.bootstrap.servers", ["a:1"]),
        ("kafka.properties.partition.assignment.strategy", ["range"]),
    ])
    func refuses(path: String, texts: [String]) {
        for text in texts {
            let loaded = set(path, to: text)
            #expect(loaded.findings.count == 1, "\(path)=\(text)")
            #expect(loaded.findings.first?.path == path)
            #expect(loaded.settings == Settings())
        }
    }

    @Test func keepsPasswordsOfBrokersToItself() {
        let loaded = set("kafka.brokers", to: "SASL_SSL://me:hunter2@kafka:9092")
        #expect(
            loaded.findings.map(\.description) == [
                "--set: error: kafka.brokers has a user or a password, which do not belong here. "
                    + "Put sasl.username and sasl.password under kafka.properties."
            ])
    }

    @Test(arguments: [
        ("1970-01-01", 0), ("1970-01-01T00:00:01Z", 1), ("2000-02-29T12:30:45Z", 951_827_445),
        ("2000-03-01", 951_868_800), ("2100-03-01", 4_107_542_400),
        ("2024-12-31T23:59:59-01:00", 1_735_693_199),
        ("9999-12-31T23:59:59Z", 253_402_300_799), ("2001-09-09T03:46:40+02:00", 1_000_000_000),
    ])
    func countsTime(text: String, seconds: Int64) {
        let loaded = set("events.earliest", to: text)
        #expect(loaded.settings.events.earliestMs == seconds * 1000)
        #expect(set("events.earliest", to: shown("events.earliest", loaded)).settings == loaded.settings)
    }

    @Test(arguments: [
        ("redis://a", RedisURL(endpoint: .tcp(host: "a", port: 6379))),
        ("redis://a/", RedisURL(endpoint: .tcp(host: "a", port: 6379))),
        ("REDIS://a:1/15", RedisURL(endpoint: .tcp(host: "a", port: 1), database: 15)),
        ("redis://[::1]:7/2", RedisURL(endpoint: .tcp(host: "::1", port: 7), database: 2)),
        ("redis://:p@a", RedisURL(endpoint: .tcp(host: "a", port: 6379), password: "p")),
        (
            "redis://u:p%40%3A%2f@a",
            RedisURL(endpoint: .tcp(host: "a", port: 6379), user: "u", password: "p@:/")
        ),
        ("redis://u:a@b:c@d:1", RedisURL(endpoint: .tcp(host: "d", port: 1), user: "u", password: "a@b:c")),
        ("unix:///tmp/r.sock", RedisURL(endpoint: .unix(path: "/tmp/r.sock"))),
        ("unix://:p@/tmp/r?db=3", RedisURL(endpoint: .unix(path: "/tmp/r"), password: "p", database: 3)),
    ])
    func readsAddressesOfRedis(text: String, url: RedisURL) {
        let loaded = set("redis.url", to: text)
        #expect(loaded.findings.isEmpty)
        #expect(loaded.settings.redis.url == url)
    }

    @Test(arguments: [
        "", "localhost:6379", "rediss://:hunter2@a", "http://:hunter2@a", "redis://", "redis://:hunter2@",
        "redis://hunter2@a",
        "redis://:hunter2%@a", "redis://:hunter2%zz@a", "redis://:hunter2%00@a", "redis://:hunter2%ff@a",
        "redis://:hunter2@a:0",
        "redis://:hunter2@a/x", "redis://:hunter2@a/1/2", "redis://:hunter2@a/-1", "redis://:hunter2@a?db=1",
        "redis://a/65536",
        "redis://:hunter2/x@a", "unix://", "unix:///", "unix://tmp/x", "unix:///x?db=y",
        "unix:///x?password=hunter2",
        "unix:///" + String(repeating: "x", count: 107), "hunter2://a", "redis://a b",
    ])
    func refusesAddressesWithoutQuotingThem(text: String) {
        let loaded = set("redis.url", to: text)
        #expect(loaded.findings.map(\.path) == ["redis.url"])
        #expect(!loaded.findings.description.contains("hunter2"))
        #expect(loaded.settings == Settings())
    }

    /// The value as the table of values prints it.
    private func shown(_ path: String, _ loaded: LoadedSettings) -> String {
        let line = loaded.explain().split(separator: "\n").first { $0.hasPrefix("\(path) ") } ?? ""
        return line.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    }
}
