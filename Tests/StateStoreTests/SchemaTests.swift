import State
import Testing

@testable import StateStore

@Suite(.ownThread) struct SchemaTests {
    private let scratch: Scratch
    private let later = Schema(
        steps: Schema.current.steps + [
            "ALTER TABLE meta ADD COLUMN note TEXT", "CREATE TABLE later(key INTEGER PRIMARY KEY)",
        ])

    init() throws { scratch = try Scratch() }

    @Test func anOlderFileIsUpgradedWithAllItHolds() throws {
        try keep([chunk([(.users, 1, "one"), (.core, 0, "core")])], in: scratch.folder)
        let before = try StateModel(scratch.folder.snapshot())
        do {
            let file = try StateFile(scratch.folder, schema: later)
            #expect(file.mark.number == 1)
            #expect(try file.connection.number("PRAGMA user_version") == later.version)
            #expect(try file.connection.number("SELECT count(*) FROM later") == 0)
        }
        #expect(try StateModel(StateSnapshot(scratch.folder.database, schema: later)) == before)
    }

    @Test func aNewerFileIsRefusedAndLeftAsItIs() throws {
        do { _ = try StateFile(scratch.folder, schema: later) }
        let before = try scratch.bytes(scratch.folder.database)
        let newer = StateError.Kind.newer(version: later.version, known: Schema.current.version)
        #expect(errorOfOpening(scratch.folder)?.kind == newer)
        let error = caught { () throws(StateError) in _ = try scratch.folder.snapshot() }
        #expect(error?.kind == newer)
        #expect(error?.mend == "Use that newer Freshet, or restore a backup of this version.")
        #expect(try scratch.bytes(scratch.folder.database) == before)
    }

    @Test func anUpgradeThatFailsHalfwayChangesNothing() throws {
        try keep([chunk([(.users, 1, "one")])], in: scratch.folder)
        let broken = Schema(steps: later.steps + ["CREATE TABLE users(again)"])
        #expect(errorOfOpening(scratch.folder, schema: broken)?.gist == "cannot be used")
        let file = try StateFile(scratch.folder)
        #expect(try file.connection.number("PRAGMA user_version") == Schema.current.version)
        #expect(try file.connection.number("SELECT count(*) FROM sqlite_schema WHERE name = 'later'") == 0)
        #expect(try StateModel(file.snapshot()).rows.count == 1)
    }

    @Test func lookingDoesNotUpgrade() throws {
        try keep([chunk([(.users, 1, "one")])], in: scratch.folder)
        let error = caught { () throws(StateError) in
            _ = try StateSnapshot(scratch.folder.database, schema: later)
        }
        #expect(error?.kind == .older(version: Schema.current.version, known: later.version))
        #expect(error?.mend == "Start 'streamctl run' once: it upgrades the file.")
    }
}
