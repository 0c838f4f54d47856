import Events
import KafkaLog
import RedisLists
import Testing

@testable import streamctl

@Suite(.ownThread) struct UserCommandTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func publishesTheErasureAndRemovesTheKeysAtOnce() throws {
        let broker = try EmbeddedBroker(topics: ["erasures.v1": 2])
        let redis = try PrivateRedis(tcp: true)
        try redis.ask("SET", "reco:v1:{u:some\"one}:top", "[]")
        try redis.ask("HSET", "reco:v1:{u:some\"one}:profile", "events", "1")
        try redis.ask("SET", "reco:v1:{u:other}:top", "[]")
        let before = Clock.nowMs()
        let heard = try forget("some\"one", broker, redis)
        #expect(heard.code == .done && heard.failure == nil && heard.diagnostics.isEmpty)
        let lines = heard.output.split(separator: "\n").map(String.init)
        #expect(
            lines[..<3] == [
                "erasure  published to erasures.v1", "state    nothing is kept here",
                "redis    the list and the profile are removed",
            ])
        #expect(!heard.output.contains("some"), "nothing that is printed names the user")
        #expect(try redis.ask("KEYS", "*").list?.map(\.text) == ["reco:v1:{u:other}:top"])

        let again = try forget("some\"one", broker, redis, "--json")
        #expect(again.code == .done)
        #expect(
            again.output.hasSuffix(
                #""state":{"known":null},"redis":{"list_removed":false,"profile_removed":false}}"# + "\n"))
        let events = try published(at: broker.bootstrapServers, .erasures, named: "erasures.v1")
        #expect(events.map(\.key) == ["some\"one", "some\"one"])
        for found in events {
            guard case .erasure(let erasure) = found.event else {
                Issue.record("no erasure")
                continue
            }
            #expect(erasure.user == Identifier("some\"one"))
            #expect((before...Clock.nowMs()).contains(erasure.timestampMs))
        }
    }

    @Test func saysWhatIsLeftToDoWhenRedisIsAway() throws {
        let broker = try EmbeddedBroker(topics: ["erasures.v1": 1])
        let heard = try forget(
            "u --set kafka.brokers=\(broker.bootstrapServers) --set redis.url=redis://127.0.0.1:1")
        #expect(heard.code == .failed)
        #expect(heard.output.contains("redis    nothing could be removed\n"))
        #expect(
            heard.failure
                == "Redis at redis://127.0.0.1:1 refuses connections. Start the server there, or correct the "
                + "address. The erasure is published: 'streamctl run' removes the user's keys itself as soon as it "
                + "can.")
        #expect(try published(at: broker.bootstrapServers, .erasures, named: "erasures.v1").count == 1)
    }

    @Test func removesNothingWhenKafkaDoesNotTakeTheErasure() throws {
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        let redis = try PrivateRedis(tcp: true)
        try redis.ask("SET", "reco:v1:{u:u}:top", "[]")
        let address = redis.tcpAddress
        let away = try forget("u --set kafka.brokers=127.0.0.1:1 --set redis.url=\(try #require(address))")
        #expect(away.code == .failed && away.output.isEmpty)
        #expect(away.failure?.hasPrefix("Kafka at 127.0.0.1:1 does not answer") == true)
        #expect(away.failure?.hasSuffix("Nothing was removed: ask again then.") == true)
        let missing = try forget("u", broker, redis, "--set kafka.topics.erasures=no-such")
        // A cluster may make topics as they are asked for, as the embedded broker does.
        #expect(missing.code == .done || missing.failure?.contains("'no-such' does not exist") == true)
        #expect(try redis.ask("EXISTS", "reco:v1:{u:u}:top").integer == (missing.code == .done ? 0 : 1))
    }

    @Test func refusesAnIdThatNobodyHas() throws {
        #expect(try forget(String(repeating: "x", count: 129)).code == .wrongUsage)
        #expect(complaint("user forget")?.hasPrefix("missing USER") == true)
        #expect(complaint("user forgt 1")?.contains("Did you mean 'forget'?") == true)
    }

    private func forget(
        _ user: String, _ broker: borrowing EmbeddedBroker, _ redis: borrowing PrivateRedis,
        _ more: String = ""
    ) throws -> Heard {
        let (servers, address) = (broker.bootstrapServers, redis.tcpAddress)
        return try forget(
            "\(user) --set kafka.brokers=\(servers) --set redis.url=\(try #require(address)) \(more)")
    }

    private func forget(_ line: String) throws -> Heard {
        try hear("user forget --set state.folder=\(scratch.path)/state \(line)") {
            (arguments, console) throws(CommandFailure) in
            try UserCommand.runForget(arguments, console: console)
        }
    }
}
