import Foundation
import Pipeline
import State
import Testing

@testable import StateStore

/// What a process finds that starts on the files of one that was killed.
@Suite(.ownThread) struct CrashTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func inTheMiddleOfACheckpointItIsTheOneBefore(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let file = try StateFile(scratch.folder)
        // Pages go to the log long before the commit.
        try file.connection.run("PRAGMA cache_size=5")
        var writer = CheckpointWriter(file, describing: StateDescription(), bytesMax: 1)
        var model = StateModel()
        for crash in 0..<4 {
            let kept = StateModel.randomChunk(&dice, rows: 100)
            model.apply(kept)
            try keep([kept], in: &writer)

            let half = StateModel.randomChunk(&dice, rows: 400, keys: 2_000)
            writer.append(half)
            waitForRoom(writer)  // Now the rows are in the transaction.
            let wreck = StateFolder("\(scratch.path)/wreck-\(crash)")
            try copyFiles(to: wreck)
            #expect(try #require(FileFacts("\(wreck.database)-wal")).bytes > 100_000, "nothing was at stake")
            #expect(try StateModel(StateFile(wreck).snapshot()) == model)
            model.apply(half)
            writer.commit()
            _ = try writer.waitForOutcome()
        }
    }

    /// Several checkpoints in the log, which then ends anywhere: what is found is one of them.
    @Test func aTornLogGivesACheckpointThatWas() throws {
        var dice = Dice(state: 7)
        var models: [StateModel] = []
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: StateDescription())
        var model = StateModel()
        try keep([], in: &writer)
        models.append(model)
        let reader = try scratch.folder.snapshot()  // Holds the log back.
        for _ in 0..<6 {
            let rows = StateModel.randomChunk(&dice, rows: 20)
            model.apply(rows)
            models.append(model)
            try keep([rows], in: &writer)
        }
        #expect(try StateModel(reader) == models[0])

        let wreck = StateFolder("\(scratch.path)/wreck")
        try copyFiles(to: wreck)
        let database = try scratch.bytes(wreck.database)
        let log = try scratch.bytes("\(wreck.database)-wal")
        var found: [Int] = []
        for cut in Array(stride(from: 0, to: log.count, by: log.count / 40)) + [log.count] {
            try? FileManager.default.removeItem(atPath: wreck.path)
            try scratch.write(database, to: wreck.database)
            try scratch.write(log.prefix(cut), to: "\(wreck.database)-wal")
            let file = try StateFile(wreck)
            #expect(try StateModel(file.snapshot()) == models[Int(file.mark.number) - 1])
            found.append(Int(file.mark.number))
        }
        #expect(found == found.sorted() && Set(found).count > 3, "\(found)")
        #expect(found.last == models.count)
    }

    /// As a killed process leaves it: the index of the log is not on disk in any order, so it is not copied.
    private func copyFiles(to wreck: StateFolder) throws {
        for ending in ["", "-wal"] {
            try scratch.write(scratch.bytes(scratch.folder.database + ending), to: wreck.database + ending)
        }
    }
}
