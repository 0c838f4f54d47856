import Events
import Pipeline
import Ranking
import RedisLists
import Testing

/// Every write against a real server: keys, bytes, time to live.
struct RedisWriterTests {
    @Test func writesTheListByteForByte() throws {
        let redis = try PrivateRedis()
        var writer = RedisWriter.forTests(redis.address)
        let list = TopList.sample(
            user: "42", entries: [.sample("318", 4.81, because: "296"), .sample("50", 4.5)])

        let gone = try writer.write([.top(list)], generatedAtMs: 1_700_000_000_123)

        #expect(gone.isEmpty)
        let stored = try redis.ask("GET", "reco:v1:{u:42}:top").text
        #expect(
            stored == #"{"user":"42","model":"m1","generated_at":1700000000123,"event_time":1699999999000,"#
                + #""source":"ratings.v1/3/1234","items":[{"id":"318","score":4.81,"because":"296"},"#
                + #"{"id":"50","score":4.5}]}"#)
        #expect(try redis.ask("TTL", "reco:v1:{u:42}:top").integer == 604_800)
    }

    @Test func everyKindOfWriteHasItsKeyAndItsTimeToLive() throws {
        let redis = try PrivateRedis(tcp: true)
        var settings = RedisSettings()
        settings.ttlSeconds = 1_000
        let tcp = redis.tcpAddress
        let address = try #require(tcp)
        var writer = RedisWriter.forTests(address, settings: settings)
        let entries: [TopList.Entry] = [.sample("7", 0.5)]

        _ = try writer.write(
            [
                .model("m2"), .top(.sample(user: "1")), .profile(.sample("1"), .sample),
                .fallback(.popular, entries), .fallback(.trending, entries),
                .fallback(.genre("Sci-Fi"), entries),
                .similar(.sample("9"), entries),
            ], generatedAtMs: 5)

        let items = #"[{"id":"7","score":0.5}]"#
        let expected = [
            "reco:v1:model": #"{"version":"m2","writer":"mark","generated_at":5}"#,
            "reco:v1:popular": items, "reco:v1:trending": items, "reco:v1:genre:Sci-Fi": items,
            "reco:v1:{i:9}:similar": items,
        ]
        for (key, value) in expected {
            #expect(try redis.ask("GET", key).text == value, "\(key)")
        }
        let hash = try redis.ask("HGETALL", "reco:v1:{u:1}:profile").list?.map(\.text)
        #expect(
            hash == [
                "events", "12", "ratings", "10", "mean_rating", "3.7083", "last_active_ms", "1699999999000",
                "top_genres", "Drama,Sci-Fi,a%2Cb%25",
            ])
        let keys = try #require(try redis.ask("KEYS", "*").list?.compactMap(\.text))
        #expect(keys.count == expected.count + 2)
        for key in keys {
            #expect(try redis.ask("TTL", key).integer == 1_000, "\(key)")
        }
        var reader = RedisReader(from: address)
        #expect(try reader.list(of: .sample("1"))?.model == "m2")
        #expect(try reader.profile(of: .sample("1")) == .sample(meanRating: 3.7083))
        #expect(try reader.profile(of: .sample("2")) == nil)
        #expect(try reader.fallback(.genre("Sci-Fi")) == [StoredItem(id: "7", score: 0.5)])
        #expect(try reader.similar(to: .sample("9")) == [StoredItem(id: "7", score: 0.5)])
        #expect(try reader.model()?.writer == "mark")
    }

    @Test func profilesCanBeLeftOut() throws {
        let redis = try PrivateRedis()
        var settings = RedisSettings()
        settings.profiles = false
        var writer = RedisWriter.forTests(redis.address, settings: settings)

        let gone = try writer.write(
            [.profile(.sample("1"), .sample), .refresh(.sample("2")), .top(.sample(user: "1"))],
            generatedAtMs: 0)

        #expect(gone == [.sample("2")])
        #expect(try redis.ask("KEYS", "*").list == [.bytes(Array("reco:v1:{u:1}:top".utf8))])
    }

    @Test func refreshReturnsThoseWhoseListIsGoneAndProlongsTheOthers() throws {
        let redis = try PrivateRedis()
        var writer = RedisWriter.forTests(redis.address)
        _ = try writer.write([.top(.sample(user: "here"))], generatedAtMs: 0)
        try redis.ask("EXPIRE", "reco:v1:{u:here}:top", "10")

        let gone = try writer.write(
            [.refresh(.sample("gone")), .refresh(.sample("here")), .refresh(.sample("also gone"))],
            generatedAtMs: 0)

        #expect(gone == [.sample("gone"), .sample("also gone")])
        #expect(try redis.ask("TTL", "reco:v1:{u:here}:top").integer == 604_800)
    }

    private static let oddIDs = [
        "plain", "{}", "a}:top", "{u:1}", #"quote" and \ "#, "line\r\nend\n", "nul\0tab\t\u{1}\u{1F}\u{7F}",
        "emoji 🎬 é e\u{301}", "* [glob] ?", String(repeating: "€", count: 42) + "ab",
    ]

    @Test(arguments: oddIDs.indices)
    func anyIdComesBackAsItWas(index: Int) throws {
        let id = Self.oddIDs[index]
        let redis = try PrivateRedis()
        var writer = RedisWriter.forTests(redis.address)
        let user = try #require(Identifier(id))
        let list = TopList.sample(user: id, entries: [.sample(id, 1, because: id)])
        _ = try writer.write(
            [.top(list), .profile(user, .sample), .similar(user, list.entries)], generatedAtMs: 0)

        var reader = RedisReader(from: redis.address)
        let stored = try #require(try reader.list(of: user))
        #expect(stored.user.utf8.elementsEqual(id.utf8))
        #expect(stored.items == [StoredItem(id: id, score: 1, because: id)])
        #expect(try reader.users(limit: 10) == [user])
        #expect(try reader.sources(of: [user]) == ["ratings.v1/3/1234"])
        #expect(try reader.similar(to: user)?.count == 1)
        #expect(try reader.profile(of: user) != nil)
    }

    @Test func twentyThousandListsGoOutInOnePipeline() throws {
        let redis = try PrivateRedis()
        var writer = RedisWriter.forTests(redis.address)
        let entries = (0..<3).map { TopList.Entry.sample("item \($0)", Float($0) / 7, because: "50") }
        let batch = (0..<20_000).map {
            ListWrite.top(.sample(user: "\($0)", entries: entries, offset: Int64($0)))
        }

        _ = try writer.write(batch, generatedAtMs: 0)

        var reader = RedisReader(from: redis.address)
        let users = (0..<20_000).map { Identifier.sample("\($0)") }
        let sources = try reader.sources(of: users + [.sample("nobody")])
        #expect(sources == (0..<20_000).map { "ratings.v1/3/\($0)" } + [nil])
        #expect(try reader.users(limit: 30_000) == users.sorted())
        #expect(try reader.users(limit: 7).count == 7)
    }

    @Test func aSourceBehindAVeryLongVersionIsStillFound() throws {
        let redis = try PrivateRedis()
        var writer = RedisWriter.forTests(redis.address)
        let version = #","source":"x"# + String(repeating: "v", count: 600)
        _ = try writer.write([.model(version), .top(.sample(user: "1"))], generatedAtMs: 0)

        var reader = RedisReader(from: redis.address)
        #expect(try reader.sources(of: [.sample("1")]) == ["ratings.v1/3/1234"])
        #expect(try reader.model()?.version == version)
    }
}
