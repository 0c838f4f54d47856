import Pipeline
import State
import Testing

@testable import StateStore

/// Single rows read back while the state is written.
@Suite(.ownThread) struct RecallTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func aRowIsThereWithItsCommitAndNotBefore() throws {
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: .init(), bytesMax: 1)
        let canRecall = writer.canRecall
        #expect(canRecall)
        #expect(try writer.recall(.evictedUsers, 1) == nil)
        writer.append(chunk([(.evictedUsers, 1, "one"), (.evictedItems, .min, "edge")]))
        waitForRoom(writer)
        #expect(try writer.recall(.evictedUsers, 1) == nil, "written, and not committed")
        try keep([], in: &writer)
        #expect(try writer.recall(.evictedUsers, 1) == Array("one".utf8))
        #expect(try writer.recall(.evictedItems, .min) == Array("edge".utf8))
        #expect(try writer.recall(.evictedUsers, 2) == nil)

        var gone = chunk([(.evictedUsers, 2, "")])
        gone.remove(.evictedUsers, 1)
        try keep([gone], in: &writer)
        #expect(try writer.recall(.evictedUsers, 1) == nil)
        #expect(try writer.recall(.evictedUsers, 2) == [])
    }

    /// Whoever reads rows back does not keep the log from being folded: it would grow for ever.
    @Test func theLogStaysShort() throws {
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: .init())
        for round in 0..<5 as Range<Int64> {
            try keep([chunk((0..<50).map { (.evictedUsers, round * 50 + $0, "some bytes") })], in: &writer)
            #expect(try writer.recall(.evictedUsers, round * 50) != nil)
        }
        // The fold comes behind the commit; the next commit's outcome says that it is done.
        try keep([], in: &writer)
        let log = try #require(FileFacts("\(scratch.folder.database)-wal"))
        #expect(log.bytes < 200_000)
    }

    @Test func aRowThatIsNotAsItWasWrittenStopsTheStream() throws {
        try keep([chunk([(.evictedUsers, 7, "seven")])], in: scratch.folder)
        do {
            let connection = try Connection(scratch.folder.database, .write)
            try connection.run("UPDATE evicted_users SET data = x'00'")
        }
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: .init())
        let error = #expect(throws: Trouble.self) { try writer.recall(.evictedUsers, 7) }
        #expect(error?.cure == .stop)
        #expect(error?.message.contains("row 7 of 'evicted_users' is not as it was written") == true)
    }

    /// A file of the first version has no such tables; a start makes them.
    @Test func aFileOfTheFirstVersionIsUpgraded() throws {
        let first = Schema(steps: Array(Schema.current.steps.prefix(1)))
        do { _ = try StateFile(scratch.folder, schema: first) }
        let looking = caught { () throws(StateError) in _ = try scratch.folder.snapshot() }
        #expect(looking?.kind == .older(version: 1, known: 2))
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: .init())
        try keep([chunk([(.evictedItems, 3, "three")])], in: &writer)
        #expect(try writer.recall(.evictedItems, 3) == Array("three".utf8))
    }
}
