import Events
import Glibc
import Pipeline
import State
import Testing

@testable import StateStore

@Suite(.ownThread) struct CheckpointTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func manyCommitsGiveWhatADictionaryHolds(seed: UInt64) throws {
        var dice = Dice(state: seed)
        var model = StateModel()
        for session in 0..<3 {
            let file = try StateFile(scratch.folder)
            #expect(file.mark.number == Int64(session * 8))
            var writer = CheckpointWriter(file, describing: StateDescription())
            for _ in 0..<8 {
                for _ in 0..<Int.random(in: 0..<4, using: &dice) {
                    let chunk = StateModel.randomChunk(&dice, rows: Int.random(in: 0..<50, using: &dice))
                    model.apply(chunk)
                    writer.append(chunk)
                }
                writer.commit()
                #expect(try writer.waitForOutcome() != nil)
                #expect(try StateModel(scratch.folder.snapshot()) == model)
            }
        }
        #expect(try StateModel(scratch.folder.snapshot()) == model)
    }

    @Test func theOutcomeIsToldOnceAndCountsWhatWasKept() throws {
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: StateDescription())
        let beforeAny = try writer.outcome()
        #expect(beforeAny == nil)
        #expect(writer.isReady == true)
        writer.append(chunk([(.users, 1, "one"), (.items, 2, "seven")]))
        writer.append(StateChunk())
        writer.commit()
        #expect(writer.isReady == false)
        let outcome = try #require(try writer.waitForOutcome())
        #expect(outcome.rows == 2 && outcome.bytes == 8 && outcome.milliseconds > 0)
        #expect(writer.isReady == true)
        let (again, waited) = (try writer.outcome(), try writer.waitForOutcome())
        #expect(again == nil && waited == nil)
    }

    /// The same memory, not as much: only of chunks that had their room from the start, or there would be ever more.
    @Test func memoryOfWrittenRowsIsGivenBackEmpty() throws {
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: StateDescription())
        let before = writer.takeSpare()
        #expect(before == nil)
        writer.append(chunk([(.users, 1, "one")]))
        var roomy = StateChunk()
        roomy.reserve(bytes: 1 << 16)
        roomy.put(.users, 2) { $0.append(2) }
        let memory = address(of: roomy)
        writer.append(roomy)
        roomy = StateChunk()
        writer.commit()
        _ = try writer.waitForOutcome()
        let taken = writer.takeSpare()
        let spare = try #require(taken)
        #expect(spare.isEmpty && spare.bytes.isEmpty && address(of: spare) == memory)
        let after = writer.takeSpare()
        #expect(after == nil)
    }

    private func address(of chunk: StateChunk) -> UnsafeRawPointer? {
        chunk.bytes.withUnsafeBytes { $0.baseAddress }
    }

    @Test func theOutcomeComesWithoutWaiting() throws {
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: StateDescription())
        writer.append(chunk([(.users, 1, "one")]))
        writer.commit()
        var outcome: CheckpointOutcome?
        while outcome == nil { outcome = try writer.outcome() }
        #expect(outcome?.rows == 1)
    }

    @Test func rowsWithoutACommitAreNotKept() throws {
        let kept = chunk([(.users, 1, "kept"), (.core, 0, "core")])
        do {
            var writer = CheckpointWriter(try StateFile(scratch.folder), describing: StateDescription())
            try keep([kept], in: &writer)
            writer.append(chunk([(.users, 1, "half"), (.users, 2, "half")]))
        }
        var model = StateModel()
        model.apply(kept)
        #expect(try StateModel(scratch.folder.snapshot()) == model)
    }

    @Test func aCommitThatNobodyWaitedForIsDoneBeforeTheFolderIsFree() throws {
        do {
            var writer = CheckpointWriter(try StateFile(scratch.folder), describing: StateDescription())
            writer.append(chunk([(.users, 1, "kept")]))
            writer.commit()
        }
        let file = try StateFile(scratch.folder)
        #expect(file.mark.number == 1)
        #expect(try StateModel(file.snapshot()).rows.count == 1)
    }

    @Test func theRoomIsBounded() throws {
        let file = try StateFile(scratch.folder)
        var writer = CheckpointWriter(file, describing: StateDescription(), bytesMax: 1)
        #expect(writer.hasRoom == true)
        for key in 0..<20 as Range<Int64> {
            writer.append(chunk([(.users, key, "row")]))
            waitForRoom(writer)
        }
        writer.commit()
        #expect(try writer.waitForOutcome()?.rows == 20)
    }

    @Test func aFullDiskLeavesTheOldStateWhole() throws {
        let file = try StateFile(scratch.folder)
        try file.connection.run("PRAGMA max_page_count=40")
        var writer = CheckpointWriter(file, describing: StateDescription())
        let first = chunk([(.users, 1, "first"), (.core, 0, "1")])
        try keep([first], in: &writer)

        let large = String(repeating: "x", count: 900_000)
        writer.append(chunk([(.core, 0, "2"), (.users, 1, "second"), (.users, 2, large)]))
        writer.append(chunk([(.users, 3, "comes after the failure, and is dropped")]))
        writer.commit()
        let trouble = #expect(throws: Trouble.self) { try writer.waitForOutcome() }
        #expect(trouble?.cure == .stop)
        #expect(trouble?.message.contains("cannot grow: the disk is full. Free some space") == true)
        var model = StateModel()
        model.apply(first)
        #expect(try StateModel(scratch.folder.snapshot()) == model)
        #expect(writer.isReady == true)

        // What fits is kept as if nothing had been.
        let third = chunk([(.core, 0, "3")])
        model.apply(third)
        #expect(try keep([third], in: &writer)?.rows == 1)
        #expect(try StateModel(scratch.folder.snapshot()) == model)
        #expect(try scratch.folder.snapshot().mark.number == 2)
    }

    @Test func anotherProgramsLockIsToldOnceAndWaitedOut() throws {
        let file = try StateFile(scratch.folder)
        let intruder = try Connection(scratch.folder.database, .write)
        try intruder.run("BEGIN IMMEDIATE")
        try file.connection.run("PRAGMA busy_timeout=1")
        var writer = CheckpointWriter(file, describing: StateDescription())
        writer.append(chunk([(.users, 1, "row")]))
        writer.commit()
        var troubles: [Trouble] = []
        var looks = 0
        let deadline = ContinuousClock.now + .seconds(20)
        while looks < 1_000, ContinuousClock.now < deadline {
            do throws(Trouble) {
                let outcome = try writer.outcome()
                #expect(outcome == nil)
            } catch {
                troubles.append(error)
            }
            looks += troubles.isEmpty ? 0 : 1
            sched_yield()
        }
        #expect(troubles.map(\.cure) == [.tryAgain])
        #expect(troubles.first?.message.contains("is held by another program for the moment. Close") == true)
        try intruder.run("ROLLBACK")
        #expect(try writer.waitForOutcome()?.rows == 1)
    }

    @Test func aWriterThatEndsDoesNotWaitForAnotherProgram() throws {
        let file = try StateFile(scratch.folder)
        let intruder = try Connection(scratch.folder.database, .write)
        try intruder.run("BEGIN IMMEDIATE")
        try file.connection.run("PRAGMA busy_timeout=1")
        do {
            var writer = CheckpointWriter(file, describing: StateDescription())
            writer.append(chunk([(.users, 1, "row")]))
            writer.commit()
        }
        try intruder.run("ROLLBACK")
        #expect(try StateModel(scratch.folder.snapshot()).rows.isEmpty)
    }

    @Test func theLogIsEmptyAfterACheckpoint() throws {
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: StateDescription())
        try keep([chunk([(.users, 1, String(repeating: "x", count: 100_000))])], in: &writer)
        // A second checkpoint is told of only after the first was folded.
        writer.commit()
        _ = try writer.waitForOutcome()
        #expect(try #require(FileFacts("\(scratch.folder.database)-wal")).bytes < 100_000)
    }

    @Test func aCheckpointSaysWhatItIs() throws {
        var description = StateDescription(
            program: "1.2.3", model: "factors=64 seed=1",
            topics: [.init(topic: .ratings, name: "ratings.v1", partitions: 8)])
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: description)
        try keep([], in: &writer)
        #expect(try scratch.folder.snapshot().description == description)
        description.topics[0].partitions = 12
        writer.description = description
        try keep([], in: &writer)
        let snapshot = try scratch.folder.snapshot()
        #expect(snapshot.description == description)
        #expect(snapshot.mark.number == 2)
        #expect(snapshot.mark.timeMs > 1_600_000_000_000)
    }
}
