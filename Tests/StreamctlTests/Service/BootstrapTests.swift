import Events
import Foundation
import KafkaLog
import Model
import Pipeline
import RatingFiles
import RedisLists
import StateStore
import Testing

@testable import streamctl

/// A start from files: the state, the lists, and the stream that goes on from them.
@Suite(.ownThread) struct BootstrapTests {
    private let scratch: Scratch
    private let ratings: Ratings

    init() throws {
        scratch = try Scratch()
        ratings = try Ratings.few.get()
    }

    /// What is learned once is what `run` learns of the log that `replay` makes of the files: to the last bit, and with
    /// the offsets.
    @Test func withoutEpochsTheStateIsThatOfTheLog() throws {
        let servers = try startServers()
        let wiring = servers.wiring
        try ratings.publishCatalog(wiring)
        try ratings.publish(0..<700, wiring)
        let streamed = try config(wiring, state: "streamed")
        try run(streamed, servers, untilRead: 700)
        let started = try config(wiring, state: "started")
        let heard = try bootstrap("\(file(0..<700)) --epochs 0 --threads 1 -c \(started)")
        #expect(heard.code == .done, "\(heard.failure ?? "")")
        #expect(heard.output.contains("events read   700 = 700 learned + 0 duplicate + 0 late + 0 rejected"))
        #expect(heard.output.contains("passed over 700 records of ratings and feedback"))
        #expect(try digest("started") == digest("streamed"))
        // Nothing is left to be read, and what comes is learned alike.
        try ratings.publish(700..<900, wiring)
        try run(streamed, servers, untilRead: 900)
        try run(started, servers, untilRead: 900)
        #expect(try digest("started") == digest("streamed"))
    }

    /// The same of files that hold clicks and the like among the ratings.
    @Test func feedbackIsLearnedAsFromTheLog() throws {
        let servers = try startServers()
        let (table, columns) = (ratings.table, ratings.table.columns)
        let lines = (0..<400).map { row in
            let (user, item) = (table.users.id(columns.users[row]), table.items.id(columns.items[row]))
            let act = ["rating,\(columns.ratings[row])", "click,0.5", "skip,", "ordered,"][row % 4]
            return "\(user),\(item),\(act),\(columns.timestampsMs[row])\n"
        }
        let file = try scratch.write("acts.csv", "user,item,action,value,timestamp\n\(lines.joined())")
        let (streamed, started) = (
            try config(servers.wiring, state: "streamed"), try config(servers.wiring, state: "started")
        )
        let replayed = try hear("replay \(file) --action ordered=purchase -c \(streamed)") {
            arguments, console throws(CommandFailure) in
            try ReplayCommand.run(arguments, console: console, shouldStop: { false })
        }
        #expect(replayed.output.contains("400 rows sent to ratings.v1 (300 of feedback to feedback.v1)"))
        try run(streamed, servers, untilRead: 400)
        let heard = try bootstrap("\(file) --action ordered=purchase --epochs 0 -c \(started)")
        #expect(heard.output.contains("events read   400 = 400 learned + 0 duplicate + 0 late + 0 rejected"))
        #expect(try digest("started") == digest("streamed"))
    }

    @Test func theStreamGoesOnFromTheFiles() throws {
        let servers = try startServers()
        let wiring = servers.wiring
        let file = try config(wiring, state: "state")
        let heard = try bootstrap("\(self.file(0..<900)) -c \(file)")
        #expect(heard.code == .done, "\(heard.failure ?? "")")
        #expect(heard.diagnostics.contains("epoch 20: RMSE "))
        var front = Front(servers)
        try front.expectLists(of: ratings.byUser(rows: 0..<900))
        let before = try front.items(of: ratings.byUser(rows: 0..<900))
        #expect(try servers.redis.keysThatStay() == 0)
        #expect(try servers.redis.ask("EXISTS", "reco:v1:popular", "reco:v1:model").integer == 2)

        // Nothing new: the lists stay as they are.
        try run(file, servers, untilWritten: 0..<900)
        #expect(try front.items(of: ratings.byUser(rows: 0..<900)) == before)

        // The files' last ratings come again, with new ones behind them.
        try ratings.publish(800..<1_100, wiring)
        let output = try run(file, servers, untilRead: 1_100)
        let sum = try #require(
            output.firstMatch(of: #/read +1,200 = 1,100 learned \+ (\d+) duplicate \+ (\d+) late \+ 0 rej/#))
        #expect((Int(sum.1) ?? 0) + (Int(sum.2) ?? 0) == 100)
        try front.expectLists(of: ratings.byUser(rows: 0..<1_100))
    }

    @Test func theSameFilesGiveTheSameStateOnAnyNumberOfThreads() throws {
        let servers = try startServers(partitions: 2)
        for threads in [1, 2, 5] {
            let file = try config(servers.wiring, state: "on-\(threads)")
            let heard = try bootstrap(
                "\(self.file(0..<600)) --until-converged --no-lists --threads \(threads) -c \(file)")
            #expect(heard.code == .done, "\(heard.failure ?? "")")
            #expect(heard.output.contains("lists         none written; 'streamctl run' writes them"))
        }
        #expect(try digest("on-1") == digest("on-2") && digest("on-1") == digest("on-5"))
        let other = try config(servers.wiring, state: "other")
        _ = try bootstrap("\(file(0..<600)) --no-lists --seed 7 -c \(other)")
        #expect(try digest("other") != digest("on-1"))
        // What was left to it, `run` does.
        try run(other, servers, untilWritten: 0..<600)
        var front = Front(servers)
        try front.expectLists(of: ratings.byUser(rows: 0..<600))
    }

    @Test func aStateIsOnlyReplacedByForce() throws {
        let servers = try startServers(partitions: 1)
        let file = try config(servers.wiring, state: "state")
        _ = try bootstrap("\(self.file(0..<100)) --no-lists -c \(file)")
        let before = try digest("state")
        let refused = try bootstrap("\(self.file(0..<200)) --no-lists -c \(file)")
        #expect(refused.code == .failed && refused.output.isEmpty)
        let reason = try #require(refused.failure)
        #expect(
            reason.hasPrefix(
                "State at '\(scratch.path)/state' holds what was learned already (checkpoint 1 of "))
        #expect(reason.hasSuffix("or put the new state in its place with '--force'."))
        #expect(try digest("state") == before)
        let forced = try bootstrap("\(self.file(0..<200)) --no-lists --force --json -c \(file)")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(forced.output.utf8)) as? [String: Any])
        #expect(json["learned"] as? Int == 200)
        #expect(json["epochs"] as? Int == 20 && (json["curve"] as? [Any])?.count == 20)
        #expect(try digest("state") != before)
    }

    /// Forgotten in the log, or by the state that is replaced when the log tells no more: no file brings them back.
    @Test func whoWasForgottenStaysForgotten() throws {
        let servers = try startServers(partitions: 1)
        let wiring = servers.wiring
        let file = try config(wiring, state: "state")
        let byUser = ratings.byUser(rows: 0..<400)
        let users = byUser.keys.sorted()
        try Message.publish([erasure(of: users[0])], wiring)
        let heard = try bootstrap("\(self.file(0..<400)) -c \(file)")
        let count = byUser[users[0]]?.count ?? 0
        #expect(heard.output.contains("refused     \(count) erased-user"))
        var front = Front(servers)
        let (gone, there) = (try front.reader.list(of: users[0]), try front.reader.list(of: users[1]))
        #expect(gone == nil && there != nil)

        let others = try startServers(partitions: 1)
        let elsewhere = try config(others.wiring, state: "state")
        let again = try bootstrap("\(self.file(0..<400)) --force --no-lists -c \(elsewhere)")
        #expect(again.output.contains("refused     \(count) erased-user"))
    }

    @Test func aRedisThatIsAwayIsOwedTheLists() throws {
        var servers = try startServers(partitions: 1)
        let file = try config(servers.wiring, state: "state")
        servers.redis.kill()
        let heard = try bootstrap("\(self.file(0..<300)) -c \(file)", patienceMs: 50)
        #expect(heard.code == .failed)
        #expect(
            heard.failure?.hasPrefix("the state is kept, but not all lists could be written: Redis") == true)
        #expect(heard.output.contains("= 300 learned"))
        try servers.redis.restart()
        try run(file, servers, untilWritten: 0..<300)
        var front = Front(servers)
        try front.expectLists(of: ratings.byUser(rows: 0..<300))
    }

    @Test func whatIsStoppedLeavesNothing() throws {
        let servers = try startServers(partitions: 1)
        let file = try config(servers.wiring, state: "state")
        let heard = try bootstrap("\(self.file(0..<300)) -c \(file)", stops: true)
        #expect(heard.code == .failed && heard.failure?.contains("nothing was written") == true)
        let left = try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/state")
        #expect(left == ["freshet.lock"])
    }

    @Test func withoutKafkaNothingIsBegun() throws {
        let file = try scratch.write(
            "freshet.yaml",
            "kafka:\n  brokers: 127.0.0.1:1\nstate:\n  folder: \(scratch.path)/state\n")
        let heard = try bootstrap("\(self.file(0..<300)) -c \(file)")
        #expect(heard.code == .failed && heard.failure?.contains("127.0.0.1:1") == true)
        #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/state"))
        let dry = try bootstrap("\(self.file(0..<300)) -c \(file) --dry-run")
        #expect(dry.code == .done && dry.output.contains("held out      15 ratings: RMSE "))
        #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/state"))
    }

    @Test(arguments: [
        ("1,1,4,1500000000\n", 1), ("1,1,4,1500000000\n1,1,4,1500000000\n", 1),
        ((0..<40).map { "\($0),1,3,1500000000\n" }.joined(), 40),
        ((0..<40).map { "1,\($0),\($0 % 2 * 10),1500000000\n" }.joined(), 40),
        ("1,1,nan,1500000000\n1,2,5,1500000000\n1,3,1e30,1500000000\n", 1),
        ("1,1,4,4000000000\n1,2,4,1500000000\n", 1),
    ])
    func oddFilesAreLearnedOrRefused(rows: String, learned: Int) throws {
        let servers = try startServers(partitions: 2)
        let file = try config(servers.wiring, state: "state")
        let path = try scratch.write("odd.csv", "userId,movieId,rating,timestamp\n\(rows)")
        let heard = try bootstrap("\(path) --until-converged --json -c \(file)")
        #expect(heard.code == .done, "\(heard.failure ?? "")")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? [String: Any])
        #expect(json["learned"] as? Int == learned)
        let epochs = try #require(json["curve"] as? [[String: Any]])
        #expect(epochs.allSatisfy { ($0["rmse_held_out"] as? Double)?.isFinite == true })
    }

    @Test(arguments: [
        ("", "is empty"), ("userId,movieId,rating,timestamp\n", "there are no ratings to learn"),
        ("1,1,99,1500000000\n", "all were refused (1 rating-out-of-range)"),
    ])
    func filesOfNothingAreErrors(text: String, reason: String) throws {
        let servers = try startServers(partitions: 1)
        let file = try config(servers.wiring, state: "state")
        let heard = try bootstrap("\(scratch.write("odd.csv", text)) -c \(file)")
        #expect(heard.code == .failed)
        #expect(heard.failure?.contains(reason) == true, "\(heard.failure ?? "")")
    }

    // MARK: - Parts of these tests

    /// Some rows as a file.
    private func file(_ rows: Range<Int>) throws -> String {
        let (table, columns) = (ratings.table, ratings.table.columns)
        let lines = rows.map { row in
            let (user, item) = (table.users.id(columns.users[row]), table.items.id(columns.items[row]))
            return "\(user),\(item),\(columns.ratings[row]),\(columns.timestampsMs[row] / 1_000)\n"
        }
        return try scratch.write(
            "ratings-\(rows.upperBound).csv", "userId,movieId,rating,timestamp\n\(lines.joined())")
    }

    private func config(_ wiring: Wiring, state: String) throws -> String {
        try scratch.write(
            "\(state).yaml",
            wiring.yaml.replacing(/folder: .*/, with: "folder: \(scratch.path)/\(state)"))
    }

    private func digest(_ state: String) throws -> String {
        try StateFolder("\(scratch.path)/\(state)").snapshot().verify().description
    }

    private func erasure(of user: Identifier) -> Message {
        let value = #"{"user_id":"\#(user)","timestamp":\#(Clock.nowMs())}"#
        return Message(topic: .erasures, key: Array(user.text.utf8), value: Array(value.utf8))
    }

    private func bootstrap(
        _ line: String, patienceMs: Int64 = 10_000, stops: Bool = false
    ) throws -> Heard {
        try hear("bootstrap \(line)") { (arguments, console) throws(CommandFailure) in
            try BootstrapCommand.run(
                arguments, console: console, listWriting: ListWriting(patienceMs: patienceMs),
                shouldStop: { stops })
        }
    }

    /// Runs the service until the list of the user of the last of the first rows knows of it; what it said.
    @discardableResult
    private func run(_ file: String, _ servers: borrowing DemoServers, untilRead rows: Int) throws -> String {
        let columns = ratings.table.columns
        let user = ratings.table.users.id(columns.users[rows - 1])
        let timeMs = columns.timestampsMs[rows - 1]
        var front = Front(servers)
        // Another run may have written it already.
        try servers.redis.ask("DEL", RedisKey.top(user).text)
        return try run(file) { try front.reader.list(of: user)?.eventTimeMs == timeMs }
    }

    /// Runs the service until it has written the lists of all who are in these rows.
    private func run(
        _ file: String, _ servers: borrowing DemoServers, untilWritten rows: Range<Int>
    ) throws {
        let users = ratings.byUser(rows: rows).keys.sorted()
        let sinceMs = Clock.nowMs()
        var front = Front(servers)
        try run(file) {
            try users.allSatisfy { (try front.reader.list(of: $0)?.generatedAtMs ?? 0) >= sinceMs }
        }
    }

    @discardableResult
    private func run(_ file: String, until isSo: @escaping () throws -> Bool) throws -> String {
        var turns = 0
        let heard = try hear("run -c \(file)") { (arguments, console) throws(CommandFailure) in
            try RunCommand.run(
                arguments, console: console,
                shouldStop: {
                    turns += 1
                    return turns > 2_000 || (try? isSo()) ?? false
                })
        }
        #expect(heard.code == .done && turns <= 2_000, "\(heard.failure ?? "")")
        return heard.output
    }
}

extension Front {
    /// What stands on each user's list.
    fileprivate mutating func items<Rows>(of users: [Identifier: Rows]) throws -> [String: [String]] {
        var lists: [String: [String]] = [:]
        for user in users.keys { lists[user.text] = try reader.list(of: user)?.items.map(\.id) }
        return lists
    }
}
