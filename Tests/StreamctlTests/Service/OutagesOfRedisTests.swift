import Foundation
import RedisLists
import Settings
import Testing

@testable import streamctl

/// Redis goes wrong under the running program: it says so once with the mend, learns on, counts it, and afterwards
/// every list is right.
@Suite(.ownThread) struct OutagesOfRedisTests {
    struct Outage: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var begin: @Sendable (inout PrivateRedis) throws -> Void
        var end: @Sendable (inout PrivateRedis) throws -> Void
        /// What is wrong with its mend, in one of these ways.
        var says: [String]
        /// Patient, so that a busy machine is not taken for a slow server.
        var timeoutMs = 20_000
        /// How often it may be said: a slow server may be slow again.
        var timesMax = 1
    }

    private static let outages: [Outage] = [
        Outage(
            testDescription: "away", begin: { $0.kill() }, end: { try $0.restart() },
            says: [
                "closed the connection. See its log for why", "refuses connections. Start the server there",
            ]),
        Outage(
            testDescription: "slow", begin: { kill($0.pid, SIGSTOP) }, end: { kill($0.pid, SIGCONT) },
            says: ["was silent for 500 ms. See why it is slow"], timeoutMs: 500, timesMax: .max),
        Outage(
            testDescription: "full",
            begin: { redis in
                try redis.configSet("maxmemory-policy", "noeviction")
                try redis.configSet("maxmemory", "1mb")
            }, end: { try $0.configSet("maxmemory", "0") },
            says: ["is out of memory. Raise its 'maxmemory'"]),
        Outage(
            testDescription: "a read-only replica", begin: { try $0.ask("REPLICAOF", "127.0.0.1", "1") },
            end: { try $0.ask("REPLICAOF", "NO", "ONE") },
            says: ["is a read-only replica. Point the address at the primary"]),
    ]

    @Test(arguments: outages)
    func isSaidOnceAndEndsWithEveryListRight(outage: Outage) throws {
        let scratch = try Scratch()
        let metrics = "\(scratch.path)/freshet.prom"
        var trial = try OutageTrial.start(set: [
            "redis.timeout_ms=\(outage.timeoutMs)", "log.metrics_file=\(metrics)",
        ])
        try trial.publish(0..<200)
        try trial.waitForLists(of: 0..<200)
        try outage.begin(&trial.servers.redis)
        try trial.publish(200..<300)
        try trial.program.hear("lists cannot be written; learning goes on")
        try trial.publish(300..<400)
        try outage.end(&trial.servers.redis)
        try trial.program.hear("lists are written again")
        try trial.waitForLists(of: 0..<400)
        try trial.expectOrderlyEnd(learned: 0..<400)
        let said = trial.complaints.filter { $0.contains("lists cannot be written") }
        #expect(1...outage.timesMax ~= said.count, "\(said)")
        for line in said { #expect(outage.says.contains { line.contains($0) }, "\(line)") }
        let text = try String(contentsOfFile: metrics, encoding: .utf8)
        #expect(text.contains("freshet_outages_total{part=\"redis\"} \(said.count)\n"), "\(text)")
        #expect(text.contains("freshet_outage{part=\"redis\"} 0\n"))
    }

    @Test func awayAtTheStartIsWaitedFor() throws {
        var trial = try OutageTrial.start { kill($0.redis.pid, SIGKILL) }
        try trial.publish(0..<100)
        try trial.program.hear("refuses connections. Start the server there, or correct the address.")
        try trial.servers.redis.restart()
        try trial.program.hear("lists are written again")
        try trial.waitForLists(of: 0..<100)
        try trial.expectOrderlyEnd(learned: 0..<100)
        #expect(trial.complaints.count == 1, "\(trial.complaints)")
    }

    /// No connection breaks, or one does for a moment: the lists of those who do nothing come back all the same.
    @Test(arguments: ["restarted", "flushed"])
    func emptiedItIsFilledAgain(how: String) throws {
        var trial = try OutageTrial.start()
        try trial.publish(0..<200)
        try trial.waitForLists(of: 0..<200)
        if how == "restarted" {
            try trial.servers.redis.restart()
        } else {
            try trial.servers.redis.ask("FLUSHALL")
        }
        try trial.publish(200..<210)
        try trial.program.hear("Redis lost the lists; all are written again")
        try trial.waitForLists(of: 0..<210)
        try trial.expectOrderlyEnd(learned: 0..<210)
        #expect(trial.complaints.count { $0.contains("Redis lost the lists") } == 1, "\(trial.complaints)")
    }

    /// Only a person can mend it: the program ends, and the next start goes on from there.
    @Test func aWrongPasswordEndsItWithTheMend() throws {
        var trial = try OutageTrial.start()
        try trial.publish(0..<100)
        try trial.waitForLists(of: 0..<100)
        try trial.expectOrderlyEnd(learned: 0..<100)
        guard case .unix(let path) = trial.servers.settings.redis.url.endpoint else {
            throw Stuck(description: "the server has no socket")
        }
        try trial.publish(100..<200)
        try trial.startAgain(set: ["redis.url=unix://:sesame@\(path)"])
        #expect(try trial.program.end().code == 1)
        #expect(trial.complaints.count == 1, "\(trial.complaints)")
        #expect(trial.complaints.first?.contains("does not accept the user and password. Correct") == true)
        #expect(!trial.program.said.contains("sesame"))
        try trial.startAgain()
        try trial.waitForLists(of: 0..<200)
        try trial.expectOrderlyEnd(learned: 0..<200)
    }
}
