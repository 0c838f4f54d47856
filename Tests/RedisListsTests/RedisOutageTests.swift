import Dispatch
import Events
import Glibc
import Pipeline
import Ranking
import RedisLists
import Testing

/// What the worker hears when Redis is away, slow, full, or not ours to write to.
struct RedisOutageTests {
    private static let batch: [ListWrite] = [.model("m1"), .top(.sample(user: "1"))]
    private static let entries = (0..<20).map { TopList.Entry.sample("item \($0)", 1) }

    private static func write(_ writer: inout RedisWriter, _ batch: [ListWrite] = batch) throws(Trouble) {
        _ = try writer.write(batch, generatedAtMs: 0)
    }

    /// What the write throws, as it must.
    private static func trouble(_ writer: inout RedisWriter, _ batch: [ListWrite] = batch) throws -> Trouble {
        var trouble: Trouble?
        do throws(Trouble) { try write(&writer, batch) } catch { trouble = error }
        return try #require(trouble)
    }

    private static func writer(_ address: RedisAddress, timeoutMs: Int32 = 5_000, mark: String = "mark")
        -> RedisWriter
    {
        var settings = RedisSettings()
        settings.timeoutMs = timeoutMs
        return .forTests(address, settings: settings, mark: mark)
    }

    @Test func aServerKilledInMidStreamIsTriedAgainAndFoundEmpty() throws {
        var redis = try PrivateRedis()
        var writer = Self.writer(redis.address)
        try Self.write(&writer)
        #expect(try writer.remembersUs())
        let lists = (0..<2_000).map { ListWrite.top(.sample(user: "\($0)", entries: Self.entries)) }
        let underWay = DispatchSemaphore(value: 0)
        let pid = redis.pid
        DispatchQueue.global().async {
            underWay.wait()
            kill(pid, SIGKILL)
        }

        let stopped = #expect(throws: Trouble.self) {
            for round in 0..<100_000 {
                if round == 2 { underWay.signal() }
                try Self.write(&writer, lists)
            }
        }
        #expect(stopped?.cure == .tryAgain)
        redis.kill()
        let away = try Self.trouble(&writer)
        #expect(away.cure == .tryAgain)
        #expect(away.message.contains("refuses connections. Start the server there"))
        #expect(away.message.contains("unix:///"))

        try redis.restart()
        #expect(try writer.remembersUs() == false)
        try Self.write(&writer)
        #expect(try writer.remembersUs())
    }

    @Test func writersThatShareAServerAgreeOnOneMark() throws {
        let redis = try PrivateRedis()
        var first = Self.writer(redis.address, mark: "first")
        var second = Self.writer(redis.address, mark: "second")
        try Self.write(&first)
        try Self.write(&second)

        // The first finds the mark of the second, adopts it, and writes anew under it.
        #expect(try first.remembersUs() == false)
        try Self.write(&first)
        #expect(try first.remembersUs())
        #expect(try second.remembersUs())

        try redis.ask("FLUSHALL")
        #expect(try first.remembersUs() == false)
        try Self.write(&first)
        #expect(try first.remembersUs())
        #expect(try second.remembersUs())
    }

    @Test func askingProlongsTheMark() throws {
        let redis = try PrivateRedis()
        var writer = Self.writer(redis.address)
        try Self.write(&writer)
        try redis.ask("EXPIRE", "reco:v1:model", "10")
        #expect(try writer.remembersUs())
        #expect(try redis.ask("TTL", "reco:v1:model").integer == 604_800)
        try redis.ask("SET", "reco:v1:model", "not ours")
        #expect(try writer.remembersUs() == false)
    }

    @Test func aWrongPasswordStops() throws {
        let redis = try PrivateRedis(password: "open sesame")
        var address = redis.address
        var right = Self.writer(address)
        try Self.write(&right)

        for (user, password, words) in [
            (nil, "sesame", "does not accept the user and password"),
            ("ann", "open sesame", "does not accept"),
            (nil, nil, "wants a password"),
        ] as [(String?, String?, String)] {
            address.user = user
            address.password = password
            var wrong = Self.writer(address)
            let trouble = try Self.trouble(&wrong)
            #expect(trouble.cure == .stop)
            #expect(trouble.message.contains(words))
            #expect(!trouble.message.contains("sesame"))
        }
    }

    @Test func aPasswordThatNobodySetStops() throws {
        let redis = try PrivateRedis()
        var address = redis.address
        address.password = "x"
        var writer = Self.writer(address)
        #expect(try Self.trouble(&writer).cure == .stop)
    }

    @Test func aUserOfAnAccessListIsLetInAndItsLimitsStop() throws {
        let redis = try PrivateRedis()
        try redis.ask("ACL", "SETUSER", "ann", "on", ">pw", "~reco:v1:model", "+@all")
        var address = redis.address
        address.user = "ann"
        address.password = "pw"
        var writer = Self.writer(address)
        try Self.write(&writer, [.model("m")])
        let trouble = try Self.trouble(&writer)
        #expect(trouble.cure == .stop)
        #expect(trouble.message.contains("ACL SETUSER"))
    }

    @Test func aFullServerIsTriedAgain() throws {
        let redis = try PrivateRedis()
        var writer = Self.writer(redis.address)
        try redis.configSet("maxmemory-policy", "noeviction")
        try redis.configSet("maxmemory", "1")
        let trouble = try Self.trouble(&writer)
        #expect(trouble.cure == .tryAgain)
        #expect(trouble.message.contains("is out of memory. Raise its 'maxmemory'"))

        try redis.configSet("maxmemory", "0")
        try Self.write(&writer)
    }

    @Test func aReadOnlyReplicaIsTriedAgain() throws {
        let redis = try PrivateRedis()
        var writer = Self.writer(redis.address)
        try redis.ask("REPLICAOF", "127.0.0.1", "1")
        let trouble = try Self.trouble(&writer)
        #expect(trouble.cure == .tryAgain)
        #expect(trouble.message.contains("read-only replica. Point the address at the primary"))

        try redis.ask("REPLICAOF", "NO", "ONE")
        try Self.write(&writer)
    }

    @Test func aForeignKeyOfAnotherTypeStops() throws {
        let redis = try PrivateRedis()
        try redis.ask("SET", "reco:v1:{u:secret}:profile", "x")
        var writer = Self.writer(redis.address)
        let trouble = try Self.trouble(&writer, [.profile(.sample("secret"), .sample)])
        #expect(trouble.cure == .stop)
        #expect(trouble.message.contains("another type"))
        #expect(!trouble.message.contains("secret"))
    }

    @Test func aDatabaseThatIsNotThereStops() throws {
        let redis = try PrivateRedis()
        var address = redis.address
        address.database = 15
        var writer = Self.writer(address)
        try Self.write(&writer)
        address.database = 4_000
        writer = Self.writer(address)
        #expect(try Self.trouble(&writer).cure == .stop)
    }

    @Test func aServerThatPausesRunsIntoTheTimeLimit() throws {
        let redis = try PrivateRedis()
        var writer = Self.writer(redis.address, timeoutMs: 500)
        try Self.write(&writer)
        try redis.ask("CLIENT", "PAUSE", "5000", "ALL")
        let trouble = try Self.trouble(&writer)
        #expect(trouble.cure == .tryAgain)
        #expect(trouble.message.contains("was silent for 500 ms"))
    }

    /// More than any socket's buffer holds, so that it is the sending that waits.
    @Test func aServerThatReadsNothingRunsIntoTheTimeLimit() throws {
        let redis = try PrivateRedis()
        var writer = Self.writer(redis.address, timeoutMs: 500)
        try Self.write(&writer)
        kill(redis.pid, SIGSTOP)
        let lists = (0..<5_000).map { ListWrite.top(.sample(user: "\($0)", entries: Self.entries)) }
        let trouble = try Self.trouble(&writer, lists)
        #expect(trouble == RedisError(.timedOut(milliseconds: 500), at: redis.address).trouble)
    }

    @Test func nobodyListens() throws {
        let address = RedisAddress(.tcp(host: "127.0.0.1", port: 1))
        var writer = Self.writer(address)
        let trouble = try Self.trouble(&writer)
        #expect(trouble.cure == .tryAgain)
        #expect(trouble.message.contains("\(address) refuses connections"))
    }

    @Test func aHostThatDoesNotExistIsTriedAgain() throws {
        var writer = Self.writer(try RedisAddress("redis://no-such-host.invalid"), timeoutMs: 200)
        let trouble = try Self.trouble(&writer)
        #expect(trouble.cure == .tryAgain)
        #expect(trouble.message.contains("cannot be reached: "))
    }

    @Test(
        arguments: [
            ("", RedisError.Kind.timedOut(milliseconds: 500)), ("+OK\r\n", .closed),
            ("+OK\r\n$5\r\nab", .closed),
            ("+OK\r\n-LOADING Redis is loading the dataset in memory\r\n", .loading),
            ("-ERR max number of clients reached\r\n", .tooManyClients),
        ] as [(String, RedisError.Kind)])
    func aServerThatHangsUpIsTriedAgain(reply: String, kind: RedisError.Kind) throws {
        let server = try FakeServer(saying: reply)
        var writer = Self.writer(server.address, timeoutMs: reply.isEmpty ? 500 : 5_000)
        #expect(try Self.trouble(&writer) == RedisError(kind, at: server.address).trouble)
        withExtendedLifetime(server) {}
    }

    @Test func aServerOfAnotherKindIsNamed() throws {
        let server = try FakeServer(saying: "HTTP/1.1 400 Bad Request\r\n\r\n")
        var writer = Self.writer(server.address)
        let trouble = try Self.trouble(&writer)
        #expect(trouble.message.contains("does not speak Redis' protocol"))
        withExtendedLifetime(server) {}
    }

    /// The pipeline is larger than any socket's buffer, so bytes are sent after the peer is gone: no SIGPIPE.
    @Test func aPeerThatIsGoneCannotKillUs() throws {
        let server = try FakeServer(saying: "+OK\r\n")
        var writer = Self.writer(server.address)
        let lists = (0..<20_000).map { ListWrite.top(.sample(user: "\($0)", entries: Self.entries)) }
        #expect(try Self.trouble(&writer, lists) == RedisError(.closed, at: server.address).trouble)
        withExtendedLifetime(server) {}
    }

    @Test func theReaderComesBackToo() throws {
        var redis = try PrivateRedis()
        var reader = RedisReader(from: redis.address)
        #expect(try reader.get("nothing") == nil)
        redis.kill()
        #expect(throws: RedisError.self) { try reader.get("nothing") }
        try redis.restart()
        #expect(try reader.users(limit: 10).isEmpty)
    }
}
