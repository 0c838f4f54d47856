import Events
import Foundation
import KafkaLog
import Pipeline
import RedisLists
import State
import StateStore
import Testing

@testable import streamctl

/// A user asks to be forgotten, between two runs of the service.
@Suite(.ownThread) struct ErasureTests {
    private static let name = "a-person-who-wants-to-be-forgotten"

    @Test func nothingIsLeftAndNoReplayBringsTheUserBack() throws {
        let servers = try startServers()
        let wiring = servers.wiring
        let scratch = try Scratch()
        let folder = StateFolder("\(scratch.path)/state")
        let file = try scratch.write(
            "freshet.yaml", wiring.yaml.replacing(/folder: .*/, with: "folder: \(folder.path)"))
        var front = Front(servers)
        let person = try #require(Identifier(Self.name))
        let startMs = Clock.nowMs() - 60_000
        let acts = (0..<20).map {
            Message.rating(user: Self.name, item: "\($0)", timestampMs: startMs + Int64($0))
        }
        try Message.publish(acts + ratings(of: "somebody", from: startMs), wiring)
        _ = try run(file) { try front.hasLists(of: [person] + Self.others("somebody")) }
        #expect(try isKept(in: folder))

        let heard = try hear("user forget \(Self.name) -c \(file)") {
            (arguments, console) throws(CommandFailure) in
            try UserCommand.runForget(arguments, console: console)
        }
        #expect(heard.code == .done)
        #expect(heard.output.contains("state    knew the user, with 20 items, at its newest checkpoint\n"))
        #expect(heard.output.contains("redis    the list and the profile are removed\n"))
        #expect(try front.reader.list(of: person) == nil)

        // What comes back before the erasure is read goes when it is, and so we know when that was.
        try servers.redis.ask("SET", RedisKey.top(person).text, "{}")
        _ = try run(file) { try front.reader.get(.top(person)) == nil }
        try Message.publish(acts + ratings(of: "last", from: Clock.nowMs()), wiring)
        let summary = try run(file) { try front.hasLists(of: Self.others("last")) }
        #expect(summary.contains("= 41 learned + 0 duplicate + 0 late + 20 rejected  (the sum holds)"))
        #expect(summary.contains("refused     20 erased-user"))
        #expect(try front.reader.list(of: person) == nil)
        #expect(try front.reader.profile(of: person) == nil)
        #expect(try !isKept(in: folder))
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))
            #expect(bytes.firstRange(of: Data(Self.name.utf8)) == nil, "in \(name)")
        }
    }

    private static func others(_ name: String) -> [Identifier] {
        (0..<10).compactMap { Identifier("\(name)-\($0)") }
    }

    private func ratings(of name: String, from startMs: Int64) -> [Message] {
        Self.others(name).map { Message.rating(user: $0.text, item: "5", timestampMs: startMs) }
    }

    /// Runs the service until something is so, for a bounded number of turns; what it says in the end.
    private func run(_ file: String, until isSo: @escaping () throws -> Bool) throws -> String {
        var turns = 0
        let heard = try hear("run -c \(file)") { (arguments, console) throws(CommandFailure) in
            try RunCommand.run(
                arguments, console: console,
                shouldStop: {
                    turns += 1
                    return turns > 1_000 || (try? isSo()) ?? false
                })
        }
        #expect(heard.code == .done && turns <= 1_000, "\(heard.failure ?? "")")
        return heard.output
    }

    private func isKept(in folder: StateFolder) throws -> Bool {
        let snapshot = try folder.snapshot()
        var isKept = false
        for table in StateTable.allCases {
            try snapshot.read(table) { (_, bytes) throws(Trouble) in
                isKept = isKept || Data(bytes).firstRange(of: Data(Self.name.utf8)) != nil
            }
        }
        return isKept
    }
}

extension Front {
    fileprivate mutating func hasLists(of users: [Identifier]) throws -> Bool {
        try reader.sources(of: users).allSatisfy { $0 != nil }
    }
}
