import Foundation
import Pipeline
import State
import Testing

@testable import StateStore

@Suite(.ownThread) struct StateFileTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func aNewFolderHoldsANewState() throws {
        let deep = StateFolder("\(scratch.path)/a/b/c")
        let file = try StateFile(deep)
        #expect(file.isNew == true)
        #expect(file.description == StateDescription())
        #expect(try StateModel(file.snapshot()).rows.isEmpty)
        for (path, rights) in [(deep.path, 0o700), (deep.database, 0o600)] {
            let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(found == rights)
        }
    }

    /// The names in the schema are written by hand, so that no change of the code can lose a table.
    @Test func everyTableIsInTheFileAndNoOther() throws {
        let file = try StateFile(scratch.folder)
        let statement = try file.connection.prepare(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'meta' ORDER BY rowid")
        var names: [String] = []
        while try statement.step() { names.append(statement.text(0)) }
        #expect(names == StateTable.allCases.map(\.name))
    }

    @Test func aSecondOwnerIsRefusedAndToldWhoTheFirstIs() throws {
        do {
            let file = try StateFile(scratch.folder)
            let error = errorOfOpening(scratch.folder)
            #expect(error?.kind == .owned(pid: getpid()))
            #expect(error?.trouble.cure == .stop)
            #expect(
                error?.description == """
                    State at '\(scratch.folder.path)' is in use by another process (pid \(getpid())). \
                    Stop that process, or give this one a state.folder of its own.
                    """)
            // Looking needs no ownership.
            #expect(try StateModel(scratch.folder.snapshot()).rows.isEmpty)
            #expect(file.isNew == true)
        }
        #expect(errorOfOpening(scratch.folder) == nil)
    }

    @Test func thereIsNothingToLookAtBeforeTheFirstRun() {
        let error = caught { () throws(StateError) in _ = try scratch.folder.snapshot() }
        #expect(error?.kind == .missing)
        #expect(FileFacts(scratch.folder.path) == nil, "looking makes nothing")
    }

    @Test func aFolderThatCannotBeMadeIsSaidSo() throws {
        try scratch.write([], to: "\(scratch.path)/file")
        let error = errorOfOpening(StateFolder("\(scratch.path)/file/state"))
        #expect(error?.kind == .unreachable(reason: "Not a directory"))
        #expect(error?.mend == "Check state.folder and the rights on it.")
    }

    @Test func aDraftThatWasNeverFinishedIsNoState() throws {
        try scratch.write("half a file".utf8, to: scratch.folder.draft)
        try keep([chunk([(.users, 1, "one")])], in: scratch.folder)
        #expect(FileFacts(scratch.folder.draft) == nil)
    }

    @Test(arguments: [0, 1, 15, 16, 99, 100, 511, 512, 1_023, 4_096, 30_000])
    func garbageIsRefused(length: Int) throws {
        var dice = Dice(state: UInt64(length))
        try scratch.write(
            (0..<length).map { _ in UInt8(truncatingIfNeeded: dice.next()) }, to: scratch.folder.database)
        let before = try scratch.bytes(scratch.folder.database)
        let errors = [
            errorOfOpening(scratch.folder),
            caught { () throws(StateError) in _ = try scratch.folder.snapshot().verify() },
        ]
        for error in errors {
            #expect(["is not a state of Freshet", "is damaged"].contains(error?.gist), "\(error as Any)")
            #expect(error?.cure == .stop)
        }
        #expect(try scratch.bytes(scratch.folder.database) == before, "and left as it is")
    }

    @Test func aTruncatedFileIsRefusedWhereverItEnds() throws {
        var dice = Dice(state: 3)
        try keep([StateModel.randomChunk(&dice, rows: 500)], in: scratch.folder)
        let whole = try scratch.bytes(scratch.folder.database)
        let pages = whole.count / Schema.pageBytes
        #expect(pages > 10)
        let cuts =
            (0..<pages).flatMap { [$0 * Schema.pageBytes, $0 * Schema.pageBytes + 5_000] } + [
                1, whole.count - 1,
            ]
        for cut in cuts {
            try? FileManager.default.removeItem(atPath: scratch.folder.path)
            try scratch.write(whole.prefix(cut), to: scratch.folder.database)
            let error = caught { () throws(StateError) in
                let file = try StateFile(scratch.folder)
                _ = try file.snapshot().verify()
            }
            #expect(
                ["is not a state of Freshet", "is damaged"].contains(error?.gist),
                "cut at \(cut): \(error as Any)")
        }
    }

    /// Bits that turn over anywhere in the file: found, or without any meaning for what is read.
    @Test func noFlippedBitPassesForSomethingLearned() throws {
        var dice = Dice(state: 4)
        try keep([StateModel.randomChunk(&dice, rows: 2_000, keys: 500)], in: scratch.folder)
        let whole = try scratch.bytes(scratch.folder.database)
        let digest = try scratch.folder.snapshot().verify()
        var found = 0
        for _ in 0..<120 {
            var bytes = whole
            bytes[Int.random(in: bytes.indices, using: &dice)] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
            try? FileManager.default.removeItem(atPath: scratch.folder.path)
            try scratch.write(bytes, to: scratch.folder.database)
            do throws(StateError) {
                let seen = try scratch.folder.snapshot().verify()
                #expect(seen == digest)
            } catch {
                found += 1
                #expect(error.cure == .stop)
            }
        }
        #expect(found > 60)
    }

    @Test func anotherProgramsFileIsRefused() throws {
        try FileManager.default.createDirectory(
            atPath: scratch.folder.path, withIntermediateDirectories: true)
        do {
            let other = try Connection(scratch.folder.database, .create)
            try other.run("CREATE TABLE users(id)")
        }
        #expect(errorOfOpening(scratch.folder)?.kind == .foreign)
    }

    @Test func otherModelSettingsAreRefusedOnceSomethingIsLearned() throws {
        let file = try StateFile(scratch.folder)
        try file.check(model: "factors=64")
        var writer = CheckpointWriter(file, describing: StateDescription(model: "factors=64"))
        try keep([], in: &writer)
        _ = consume writer
        let again = try StateFile(scratch.folder)
        try again.check(model: "factors=64")
        let error = caught { () throws(StateError) in try again.check(model: "factors=32") }
        #expect(error?.kind == .learnedOtherwise(was: "factors=64", now: "factors=32"))
    }
}
