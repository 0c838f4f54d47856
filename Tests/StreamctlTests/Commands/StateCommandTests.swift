import Events
import Foundation
import KafkaLog
import Pipeline
import State
import StateStore
import Testing

@testable import streamctl

@Suite(.ownThread) struct StateCommandTests {
    private let scratch: Scratch
    private static let digest = "9affa93d9a4fdb3eb3be50de04b4e31f"

    init() throws { scratch = try Scratch() }

    private var folder: String { "\(scratch.path)/state" }
    private var backup: String { "\(scratch.path)/backup.db" }

    @Test(arguments: ["inspect", "verify", "backup FILE"])
    func beforeTheFirstRunThereIsNothing(verb: String) throws {
        let heard = try state(verb.replacing("FILE", with: backup))
        #expect(heard.code == .failed && heard.output.isEmpty)
        #expect(
            heard.failure
                == "State at '\(folder)' does not exist yet. Check state.folder, or start 'streamctl run', "
                + "which makes it.")
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test func showsWhatIsKept() throws {
        try keep()
        let heard = try state("inspect")
        #expect(heard.code == .done && heard.diagnostics.isEmpty)
        let lines = heard.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines[0].hasPrefix("file        \(folder)/freshet.db, version "))
        #expect(lines[1].hasPrefix("checkpoint  1 of 20"))
        #expect(lines[2...3] == ["written by  Freshet 1.2.3", "model       factors=64"])
        #expect(lines[4] == "held        26 bytes")
        #expect(lines[5].hasPrefix("on disk     ") && lines[5].hasSuffix(" bytes, and a log of 0 bytes"))
        #expect(lines.contains { $0.split(separator: " ") == ["users", "2", "10"] })
        #expect(
            heard.output.hasSuffix(
                """

                TASK  TOPIC               NEXT OFFSET
                   0  catalog                       7
                   1  ratings.live  1,099,511,627,776

                """))
    }

    @Test func showsTheSameAsJSON() throws {
        try keep()
        let heard = try state("inspect --json")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? [String: Any])
        #expect(json["checkpoint"] as? Int == 1)
        #expect(json["held_bytes"] as? Int == 26)
        #expect(json["model"] as? String == "factors=64")
        let tables = try #require(json["tables"] as? [[String: Any]])
        #expect(tables.count == StateTable.allCases.count)
        let offsets = try #require(json["offsets"] as? [[String: Any]])
        #expect(offsets.map { $0["task"] as? Int } == [0, 1])
        #expect(offsets.map { $0["topic"] as? String } == ["catalog", "ratings.live"])
        #expect(offsets.map { $0["next"] as? Int } == [7, 1 << 40])
    }

    @Test func looksWhileAWriterIsAtWork() throws {
        var writer = CheckpointWriter(try StateFile(StateFolder(folder)), describing: StateDescription())
        writer.append(Self.rows)
        writer.commit()
        _ = try writer.waitForOutcome()
        writer.append(Self.rows)
        #expect(try state("verify").output == "\(Self.digest)\n")
        #expect(try state("inspect").code == .done)
        #expect(try state("backup \(backup)").code == .done)
        writer.commit()
        #expect(try writer.waitForOutcome()?.rows == 4)
    }

    /// The digest alone is on standard output, so that two states can be compared by a shell.
    @Test func theDigestIsAllThatVerifyPrints() throws {
        try keep()
        let heard = try state("verify")
        #expect(heard.code == .done)
        #expect(heard.output == "\(Self.digest)\n")
        #expect(heard.diagnostics.hasPrefix("checkpoint 1 of 20"))
        #expect(heard.diagnostics.hasSuffix(": every row is as it was written\n"))
    }

    @Test func damageIsAFailure() throws {
        try keep()
        let file = "\(folder)/freshet.db"
        var bytes = try Data(contentsOf: URL(filePath: file))
        let row = try #require(bytes.firstRange(of: Data("sixsix".utf8)))
        bytes[row.lowerBound] ^= 1
        try bytes.write(to: URL(filePath: file))
        let heard = try state("verify")
        #expect(heard.code == .failed && heard.output.isEmpty)
        #expect(
            heard.failure == "State at '\(file)' is damaged: row 2 of 'users' is not as it was written. "
                + "Restore a backup that is whole ('streamctl state restore FILE'), or move it away to learn anew from "
                + "the log.")
    }

    @Test func aBackupGoesBackWhereItsTopicsAreAsTheyWere() throws {
        try keep()
        #expect(try state("backup \(backup)").diagnostics.hasSuffix(" is in '\(backup)'\n"))
        #expect(try state("verify --backup \(backup)").output == "\(Self.digest)\n")
        #expect(
            try state("inspect --backup \(backup)").output.hasPrefix("file        \(backup), version "))
        try FileManager.default.removeItem(atPath: folder)

        let broker = try EmbeddedBroker(topics: ["ratings.live": 8, "catalog.v1": 1])
        let kafka = "--set kafka.brokers=\(broker.bootstrapServers)"
        let others = try state("restore \(backup) \(kafka)")
        #expect(
            others.failure == "State at '\(backup)' belongs to other topics: 'ratings.live' is not there. "
                + "Correct kafka.topics, or restore with --force if this is meant.")
        #expect(!FileManager.default.fileExists(atPath: folder))
        let heard = try state("restore \(backup) \(kafka) --set kafka.topics.ratings=ratings.live")
        #expect(heard.code == .done, "\(heard)")
        #expect(heard.diagnostics.hasSuffix(" is in '\(folder)' now\n"))
        #expect(try state("verify").output == "\(Self.digest)\n")
    }

    @Test func aBackupThatCannotBeWrittenSaysWhere() throws {
        try keep()
        let heard = try state("backup \(scratch.path)/nowhere/backup.db")
        #expect(
            heard.failure
                == "State at '\(scratch.path)/nowhere/backup.db' cannot be copied there: No such file or directory. "
                + "Name a file in a folder where this user may write and where there is room.")
    }

    @Test func withoutKafkaOnlyForceRestores() throws {
        try keep()
        _ = try state("backup \(backup)")
        let line = "restore \(backup) --set kafka.brokers=127.0.0.1:1"
        let heard = try state(line)
        #expect(heard.code == .failed)
        #expect(heard.failure?.hasPrefix("Kafka at 127.0.0.1:1 does not answer") == true)
        #expect(heard.failure?.hasSuffix("Or restore with --force, which does not ask Kafka.") == true)
        #expect(try state("\(line) --force").code == .done)
        // Whoever forces it means the topics of the settings.
        #expect(try state("inspect").output.contains("ratings.v1  1,099,511,627,776"))
        #expect(try state("verify").output == "\(Self.digest)\n")
    }

    @Test func aBackupThatIsNotThereIsSaidBeforeKafkaIsAsked() throws {
        let heard = try state("restore \(backup) --set kafka.brokers=127.0.0.1:1")
        #expect(heard.failure == "State at '\(backup)' does not exist. Check the path of the backup.")
    }

    private static var rows: StateChunk {
        var rows = StateChunk()
        rows.put(.users, 1) { $0 += "four".utf8 }
        rows.put(.users, 2) { $0 += "sixsix".utf8 }
        for (topic, partition, next) in [(Topic.ratings, Int32(1), Int64(1) << 40), (.catalog, 0, 7)] {
            rows.put(.offsets, Lane(topic: topic, partition: partition).stateKey) { bytes in
                withUnsafeBytes(of: next.littleEndian) { bytes += $0 }
            }
        }
        return rows
    }

    private func keep() throws {
        let topics = [StateDescription.TopicFacts(topic: .ratings, name: "ratings.live", partitions: 8)]
        var writer = CheckpointWriter(
            try StateFile(StateFolder(folder)),
            describing: StateDescription(program: "1.2.3", model: "factors=64", topics: topics))
        writer.append(Self.rows)
        writer.commit()
        _ = try writer.waitForOutcome()
    }

    private func state(_ line: String) throws -> Heard {
        let verb = try #require(line.split(separator: " ").first)
        return try hear("state \(line) --set state.folder=\(folder)") {
            (arguments, console) throws(CommandFailure) in
            switch verb {
            case "inspect": try StateCommand.runInspect(arguments, console: console)
            case "verify": try StateCommand.runVerify(arguments, console: console)
            case "backup": try StateCommand.runBackup(arguments, console: console)
            default: try StateCommand.runRestore(arguments, console: console)
            }
        }
    }
}
