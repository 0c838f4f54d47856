import Events
import Foundation
import StateStore
import Testing

@testable import streamctl

/// The real program, killed again and again as by a power cut, ends as one that was never killed.
///
/// A few kills in a few thousand events; the environment can ask for more of both: see `CrashPlan`.
@Suite(.ownThread) struct KilledProgramTests {
    @Test func endsAsIfItHadNeverBeenKilled() throws {
        let plan = CrashPlan.fromEnvironment
        let watch = ContinuousClock.now
        let log = try CrashLog(plan)
        let servers = try startServers()
        try Message.publish(log.messages, servers.wiring)
        say(
            "seed \(plan.seed): \(log.ratings) ratings, \(log.repeated) sent again, \(log.belated) late, "
                + "\(log.malformed) malformed")

        let records = log.messages.count { $0.topic != .catalog }
        let calm = try CrashRun("calm", servers: servers, plan: plan, records: records)
        let killed = try CrashRun("killed", servers: servers, plan: plan, records: records)
        let unbroken = try calm.start()
        for (number, moment) in plan.moments(records: records).enumerated() {
            let seen = try killed.kill(try killed.start(), at: moment)
            say("kill \(number + 1): \(seen)")
        }
        let last = try killed.start()
        try killed.waitForTheEnd(last)
        try calm.waitForTheEnd(unbroken)
        try waitForEqualLists(of: killed, last, and: calm)

        let accounting = (killed: try killed.stop(last), calm: try calm.stop(unbroken))
        #expect(accounting.killed == accounting.calm)
        try expect(accounting.calm, accountsFor: log)
        let digest = (
            killed: try killed.state.snapshot().verify(), calm: try calm.state.snapshot().verify()
        )
        #expect(digest.killed == digest.calm)
        let (lists, letters) = (try RedisContents(calm.redis), try calm.letterPlaces())
        #expect(try RedisContents(killed.redis) == lists)
        #expect(try killed.letterPlaces() == letters)
        #expect(letters.count == log.malformed)
        say(
            "digests \(digest.killed) and \(digest.calm), \(lists.hashes.count) keys in Redis; \(accounting.calm); "
                + "took \(watch.duration(to: .now))")
    }

    /// Lists follow the model in the turns that have nothing else to do.
    private func waitForEqualLists(of killed: CrashRun, _ program: RunningProgram, and calm: CrashRun) throws
    {
        var differences: [String] = []
        do {
            try program.wait("equal lists") {
                differences = try RedisContents(killed.redis).differences(from: RedisContents(calm.redis))
                return differences.isEmpty
            }
        } catch {
            Issue.record("\(differences.count) keys differ, such as \(differences.prefix(5)): \(error)")
        }
    }

    private func expect(_ line: String, accountsFor log: CrashLog) throws {
        let sum = try #require(
            line.replacing(",", with: "").firstMatch(
                of: #/events read +(\d+) = (\d+) learned \+ (\d+) duplicate \+ (\d+) late \+ (\d+) rejected/#)
        )
        #expect(Int(sum.1) == log.messages.count)
        #expect(Int(sum.2) == log.ratings)
        // What comes again after a long time may be late by then.
        #expect((Int(sum.3) ?? 0) + (Int(sum.4) ?? 0) == log.repeated + log.belated)
        #expect((Int(sum.3) ?? 0) > log.repeated / 2)
        #expect(Int(sum.5) == log.malformed)
        #expect(line.contains("(the sum holds)"))
    }

    private func say(_ line: String) {
        FileHandle.standardError.write(Data("crash test: \(line)\n".utf8))
    }
}
