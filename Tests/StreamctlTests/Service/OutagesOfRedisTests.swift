import RedisLists
import Settings
import Testing

@testable import streamctl

/// Redis goes wrong in the midst of a run of the program: one line says so with the mend, learning goes on, and every
/// list is right afterwards.
@Suite(.ownThread) struct OutagesOfRedisTests {
    struct Outage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var begin: @Sendable (inout PrivateRedis) throws -> Void
        var end: @Sendable (inout PrivateRedis) throws -> Void = { _ in }
        /// What the program complains of, in this order.
        var complaints: [String]
    }

    private static let outages: [Outage] = [
        Outage(
            testDescription: "away", begin: { $0.kill() }, end: { try $0.restart() },
            complaints: ["closed the connection. See its log for why", "Redis lost the lists"]),
        Outage(
            testDescription: "slow", begin: { try $0.ask("CLIENT", "PAUSE", "1500", "ALL") },
            complaints: ["was silent for 200 ms. See why it is slow"]),
        Outage(
            testDescription: "full",
            begin: { redis in
                try redis.configSet("maxmemory-policy", "noeviction")
                try redis.configSet("maxmemory", "1")
            }, end: { try $0.configSet("maxmemory", "0") },
            complaints: ["is out of memory. Raise its 'maxmemory'"]),
        Outage(
            testDescription: "a read-only replica", begin: { try $0.ask("REPLICAOF", "127.0.0.1", "1") },
            end: { try $0.ask("REPLICAOF", "NO", "ONE") },
            complaints: ["is a read-only replica. Point the address at the primary"]),
    ]

    @Test(arguments: outages)
    func isSaidOnceAndEndsWithEveryListRight(outage: Outage) throws {
        var trial = try OutageTrial.start(set: ["redis.timeout_ms=200"])
        try trial.publish(0..<300)
        try trial.waitForLists(of: 0..<300)
        try outage.begin(&trial.servers.redis)
        try trial.publish(300..<400)
        try trial.program.hear("lists cannot be written; learning goes on")
        try trial.publish(400..<500)
        try outage.end(&trial.servers.redis)
        try trial.program.hear("lists are written again")
        try trial.waitForLists(of: 0..<500)
        try trial.expectOrderlyEnd(learned: 0..<500)
        let complaints = trial.complaints
        #expect(complaints.count == outage.complaints.count, "\(complaints)")
        for (line, words) in zip(complaints, outage.complaints) { #expect(line.contains(words)) }
    }

    @Test func restartedEmptyIsFilledAgain() throws {
        var trial = try OutageTrial.start()
        try trial.publish(0..<300)
        try trial.waitForLists(of: 0..<300)
        try trial.servers.redis.restart()
        // The next look at the mark finds it gone; the events after that touch few users.
        try trial.publish(300..<310)
        try trial.program.hear("Redis lost the lists; all are written again")
        try trial.waitForLists(of: 0..<310)
        try trial.expectOrderlyEnd(learned: 0..<310)
        #expect(trial.complaints.count <= 2, "\(trial.complaints)")
    }

    /// Only a person can mend it: the program ends, and goes on from there when it was mended.
    @Test func aWrongPasswordEndsItWithTheMend() throws {
        var trial = try OutageTrial.start()
        try trial.publish(0..<100)
        try trial.waitForLists(of: 0..<100)
        try trial.expectOrderlyEnd(learned: 0..<100)
        guard case .unix(let path) = trial.servers.wiring.settings.redis.url.endpoint else { return }
        try trial.publish(100..<200)
        try trial.startAgain(set: ["redis.url=unix://:sesame@\(path)"])
        let end = try trial.program.end()
        #expect(end == .init(code: 1, output: ""))
        let complaints = trial.complaints
        #expect(complaints.count == 1, "\(complaints)")
        #expect(complaints.first?.contains("does not accept the user and password. Correct") == true)
        #expect(!trial.program.said.contains("sesame"))
        try trial.startAgain()
        try trial.waitForLists(of: 0..<200)
        try trial.expectOrderlyEnd(learned: 0..<200)
    }
}
