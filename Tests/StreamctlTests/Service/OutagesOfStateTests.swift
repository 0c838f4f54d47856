import Events
import Foundation
import Model
import Pipeline
import Settings
import Testing

@testable import StateStore
@testable import streamctl

/// What lies in the state folder cannot be used: the program says which file, why and the mend, and touches nothing.
@Suite(.ownThread) struct OutagesOfStateTests {
    @Test func aSecondProcessOnTheSameStateIsRefused() throws {
        let trial = try OutageTrial.start()
        try trial.publish(0..<50)
        try trial.waitForLists(of: 0..<50)
        let second = try RunningProgram(["run", "-c", trial.file])
        #expect(try second.end() == .init(code: 1, output: ""))
        #expect(second.said.contains("is in use by another process (pid "))
        #expect(second.said.hasSuffix("Stop that process, or give this one a state.folder of its own.\n"))
        #expect(second.said.split(separator: "\n").count == 1)
        try trial.expectOrderlyEnd(learned: 0..<50)
    }

    /// Offsets of one log mean nothing in another: they would skip what nobody has read.
    @Test func topicsOfOtherNamesAreRefused() throws {
        let trial = try OutageTrial.start()
        try trial.publish(0..<50)
        try trial.waitForLists(of: 0..<50)
        try trial.expectOrderlyEnd(learned: 0..<50)
        let program = try RunningProgram(["run", "-c", trial.file, "--set", "kafka.topics.ratings=other.v1"])
        #expect(try program.end() == .init(code: 1, output: ""))
        #expect(
            program.said.hasSuffix(
                "was learned from other topics: 'ratings.v1' is called 'other.v1' now. Set kafka.topics back, or "
                    + "point state.folder elsewhere to learn the other topics.\n"), "\(program.said)")
    }

    /// SQLite is told that the file may not grow, which it takes for a full disk: the stop says the mend, and the
    /// next start learns again what found no room.
    @Test func aFullDiskEndsItWithTheMend() throws {
        let ratings = try Ratings.few.get()
        let servers = try startServers()
        var settings = servers.wiring.settings
        // No checkpoint but the last one, however slow the machine is.
        settings.state.checkpointSeconds = 3_600
        let wiring = Wiring(settings: settings)
        let folder = StateFolder(wiring.stateFolder)
        let loop = RunLoop(logger: LogLines().logger, pollMs: 5)
        try ratings.publish(0..<200, wiring)
        do {
            var engine = try wiring.makeEngine(keeping: try Self.writer(folder, wiring, pagesMore: 1))
            try drive(&engine, toRead: 200)
            var failure: CommandFailure?
            do throws(CommandFailure) { _ = try loop.settle(&engine) } catch { failure = error }
            let mend =
                "cannot grow: the disk is full. Free some space, then start again: nothing that was kept is lost."
            #expect(failure?.message.hasSuffix(mend) == true, "\(failure?.message ?? "it was kept")")
        }
        #expect(try folder.snapshot().mark.number == 0)
        var engine = try wiring.makeEngine(keeping: try Self.writer(folder, wiring, pagesMore: 10_000))
        try drive(&engine, toRead: 200)
        let isComplete = try loop.settle(&engine)
        #expect(isComplete)
        #expect(engine.core.accounting.learned == 200)
        #expect(try folder.snapshot().mark.number == 1)
    }

    /// - Parameter pagesMore: by how much the file may grow.
    private static func writer(_ folder: StateFolder, _ wiring: Wiring, pagesMore: Int64) throws -> KeptState
    {
        let file = try StateFile(folder)
        let pages = try file.connection.number("PRAGMA page_count") + pagesMore
        try file.connection.run("PRAGMA max_page_count=\(pages)")
        let description = StateDescription(model: wiring.core.model.fingerprint)
        return KeptState(writer: CheckpointWriter(file, describing: description))
    }

    /// A limit on the size of files, as a service manager sets it, is as good as a full disk: the system's signal must
    /// not end the program without a word.
    @Test func aFileThatMayNotGrowEndsItWithTheMend() throws {
        let ratings = try Ratings.few.get()
        let servers = try startServers()
        let scratch = try Scratch()
        let file = try scratch.write("freshet.yaml", servers.wiring.yaml)
        let folder = StateFolder(servers.wiring.stateFolder)
        // Room for a new state, and for little more.
        _ = try StateFile(folder)
        let blocks = (try #require(FileFacts(folder.database)).bytes + 100_000) / 512
        try ratings.publish(0..<1_200, servers.wiring)
        let words = ["run", "-c", file, "--set", "state.checkpoint_events=1000"]
        let program = try RunningProgram(
            ["-c", "ulimit -f \(blocks); exec \"$0\" \"$@\"", RunningProgram.binary.path] + words,
            program: URL(filePath: "/bin/sh"))
        #expect(try program.end().code == 1)
        let mend =
            "cannot grow: the disk is full. Free some space, then start again: nothing that was kept is lost."
        #expect(program.said.split(separator: "\n").last?.hasSuffix(mend) == true, "\(program.said)")
        #expect(!program.said.contains(" WARNING "), "\(program.said)")
        #expect(try folder.snapshot().mark.number == 0)
    }

    /// Learning goes on, and what it learned is kept once the other program is done.
    @Test func anotherProgramsLockIsSaidOnceAndWaitedOut() throws {
        let scratch = try Scratch()
        let metrics = "\(scratch.path)/freshet.prom"
        let trial = try OutageTrial.start(set: ["state.checkpoint_seconds=1", "log.metrics_file=\(metrics)"])
        try trial.publish(0..<50)
        try trial.waitForLists(of: 0..<50)
        do {
            let other = try Connection("\(trial.servers.wiring.stateFolder)/freshet.db", .write)
            try other.run("BEGIN IMMEDIATE")
            try trial.publish(50..<100)
            try trial.program.hear("the state cannot be kept now; learning goes on")
            try trial.waitForLists(of: 0..<100)
        }
        try trial.program.hear("the state is kept again")
        try trial.expectOrderlyEnd(learned: 0..<100)
        #expect(trial.complaints.count == 1, "\(trial.complaints)")
        #expect(trial.complaints.first?.contains("Close other programs that use the file.") == true)
        let text = try String(contentsOfFile: metrics, encoding: .utf8)
        #expect(text.contains("freshet_outages_total{part=\"state\"} 1\n"), "\(text)")
    }

    @Test(arguments: ["cut short", "emptied", "garbage"])
    func aDamagedStateIsRefusedAndLeftAsItIs(damage: String) throws {
        let trial = try OutageTrial.start()
        try trial.publish(0..<100)
        try trial.waitForLists(of: 0..<100)
        try trial.expectOrderlyEnd(learned: 0..<100)
        let database = URL(filePath: "\(trial.servers.wiring.stateFolder)/freshet.db")
        let whole = try Data(contentsOf: database)
        #expect(whole.count > 50_000)
        let damaged =
            switch damage {
            case "cut short": whole.prefix(whole.count / 2)
            case "emptied": Data()
            default: Data((0..<60_000).map { UInt8(truncatingIfNeeded: $0 &* 40_503 >> 3) })
            }
        try damaged.write(to: database)
        for words in [["run"], ["state", "verify"]] {
            let program = try RunningProgram(words + ["-c", trial.file])
            #expect(try program.end() == .init(code: 1, output: ""))
            #expect(program.said.hasPrefix("error: State at '\(database.path)' is "), "\(program.said)")
            #expect(program.said.split(separator: "\n").count == 1)
            #expect(try Data(contentsOf: database) == damaged)
        }
        try whole.write(to: database)
        let program = try RunningProgram(["state", "verify", "-c", trial.file])
        #expect(try program.end().code == 0)
    }
}
