import Events
import Foundation
import KafkaLog
import Pipeline
import RedisLists
import Settings
import Testing

@testable import streamctl

/// The service is told to stop: nothing more is read, what is owed is written, the offsets are stored.
@Suite(.ownThread) struct OrderlyStopTests {
    @Test func whatWasReadIsWrittenAndTheNextMemberGoesOnAfterIt() throws {
        let ratings = try Ratings.few.get()
        let rows = 0..<1_200
        let servers = try startServers()
        let wiring = servers.wiring
        try ratings.publish(rows, wiring)
        let scratch = try Scratch()
        let file = try scratch.write("freshet.yaml", wiring.yaml)
        var front = Front(servers)
        // Small turns, so that the stop comes in the midst of it.
        let heard = try hear("run -c \(file) --set batch.events_max=64") {
            (arguments, console) throws(CommandFailure) in
            try RunCommand.run(
                arguments, console: console,
                shouldStop: { (try? front.reader.users(limit: 1))?.isEmpty == false })
        }
        #expect(heard.failure == nil)
        #expect(heard.code == .done)
        #expect(heard.diagnostics.contains("stopping: nothing more is read; what is owed is written"))
        let sum = try #require(heard.output.firstMatch(of: #/events read +(\d+) = (\d+) learned \+ 0 dup/#))
        #expect(sum.1 == sum.2 && heard.output.contains("(the sum holds)"))

        let left = try unread(wiring)
        #expect(Int(sum.1) == rows.count - left.count)
        #expect(!left.isEmpty && left.count < rows.count)
        let read = ratings.byUser(rows: rows).compactMapValues { rows in
            let read = rows.filter { !left.contains("\($0.item) \($0.timestampMs)") }
            return read.isEmpty ? nil : read
        }
        try front.expectLists(of: read)
    }

    @Test func aStopWaitsForRedisInBoundsAndCommitsNothingThatIsNotWritten() throws {
        let ratings = try Ratings.few.get()
        var servers = try startServers()
        let wiring = servers.wiring
        let log = LogLines()
        do {
            var engine = try wiring.makeEngine(start: .stored, log: log)
            try ratings.publish(0..<200, wiring)
            try drive(&engine, toRead: 200)
            servers.redis.kill()
            try ratings.publish(200..<300, wiring)
            try drive(&engine, "learning without Redis") { $0.read == 300 && $0.core.waitingCount == 0 }
            let loop = RunLoop(logger: log.logger, pollMs: 5, patienceMs: 200)
            let wasComplete = try loop.settle(&engine)
            #expect(!wasComplete)
        }
        // The next member reads again what found no way into Redis.
        try servers.redis.restart()
        var engine = try wiring.makeEngine(start: .stored, log: log)
        try drive(&engine, toRead: 100)
        let loop = RunLoop(logger: log.logger, pollMs: 5)
        let isComplete = try loop.settle(&engine)
        #expect(isComplete)
        #expect(engine.core.accounting.learned == 100)
    }

    @Test func aSignalStopsTheProgramInOrder() throws {
        let ratings = try Ratings.few.get()
        let rows = 0..<600
        let servers = try startServers()
        try ratings.publish(rows, servers.wiring)
        let scratch = try Scratch()
        let program = try RunningProgram([
            "run", "-c", try scratch.write("freshet.yaml", servers.wiring.yaml),
        ])
        try program.hear("running")
        let byUser = ratings.byUser(rows: rows)
        var front = Front(servers)
        try program.wait("a list for each user") {
            try front.reader.users(limit: 1_000).count == byUser.count
        }
        program.signal(SIGTERM)
        let end = try program.end()
        #expect(end.code == 0)
        #expect(end.output.hasPrefix("events read   600 = 600 learned + 0 duplicate + 0 late + 0 rejected"))
        #expect(program.said.contains("stopping"))
        try front.expectLists(of: byUser)
        let left = try unread(servers.wiring)
        #expect(left.isEmpty)
    }

    @Test func aSecondSignalEndsItAtOnce() throws {
        let ratings = try Ratings.few.get()
        var servers = try startServers()
        let scratch = try Scratch()
        let program = try RunningProgram([
            "run", "-c", try scratch.write("freshet.yaml", servers.wiring.yaml),
        ])
        try program.hear("running")
        // Lists that cannot be written hold up an orderly stop.
        servers.redis.kill()
        try ratings.publish(0..<50, servers.wiring)
        try program.hear("lists cannot be written")
        program.signal(SIGINT)
        try program.hear("stopping")
        program.signal(SIGINT)
        let end = try program.end()
        #expect(end == .init(code: 128 + SIGINT, output: ""))
    }

    /// What the group has not yet promised to have done, as "item time" of each rating.
    private func unread(_ wiring: Wiring) throws -> Set<String> {
        let topics = [Topic.ratings: wiring.settings.kafka.topics.ratings]
        var source = try KafkaSource(wiring.kafka, group: wiring.settings.kafka.group, topics: topics) { _ in
        }
        var (ended, left): (Set<Lane>, [Data]) = ([], [])
        for _ in 0..<2_000 where ended.count < 4 {
            try source.poll(limit: 1_000, timeoutMs: 20) { arrival in
                switch arrival {
                case .record(let record): left.append(Data(record.value ?? .init(start: nil, count: 0)))
                case .reachedEnd(let lane, _): ended.insert(lane)
                default: break
                }
            }
        }
        guard ended.count == 4 else { throw Stuck(description: "the group does not come to its ends") }
        return Set(
            try left.map {
                let rating = try JSONDecoder().decode(SentRating.self, from: $0)
                return "\(rating.item) \(rating.timestampMs)"
            })
    }

    private struct SentRating: Decodable {
        var item: String
        var timestampMs: Int64

        private enum CodingKeys: String, CodingKey {
            case item = "item_id"
            case timestampMs = "timestamp"
        }
    }
}
