import Events
import Foundation
import Pipeline
import State
import Testing

@testable import StateStore

@Suite(.ownThread) struct BackupTests {
    private let scratch: Scratch
    private let facts = [StateDescription.TopicFacts(topic: .ratings, name: "ratings.v1", partitions: 8)]

    init() throws { scratch = try Scratch() }

    private var file: String { "\(scratch.path)/backup.db" }
    private var elsewhere: StateFolder { StateFolder("\(scratch.path)/elsewhere") }

    @Test func aBackupIsWhatItsSnapshotSawWhileTheWriterWentOn() throws {
        var dice = Dice(state: 5)
        var writer = CheckpointWriter(
            try StateFile(scratch.folder), describing: StateDescription(topics: facts))
        var model = StateModel()
        let first = StateModel.randomChunk(&dice, rows: 6_000, keys: 50_000, bytesMax: 6_000)
        model.apply(first)
        try keep([first], in: &writer)

        let snapshot = try scratch.folder.snapshot()
        var steps = 0
        try snapshot.backup(to: file) { done, total in
            steps += 1
            #expect(done <= total)
            // In the middle of the copy.
            let more = StateModel.randomChunk(&dice, rows: 100)
            writer.append(more)
            writer.commit()
            _ = try? writer.waitForOutcome()
        }
        #expect(steps > 0)
        #expect(try scratch.folder.snapshot().mark.number == Int64(1 + steps))
        #expect(try StateModel(StateSnapshot(file)) == model)
        #expect(try StateSnapshot(file).verify() == snapshot.digest())
        let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
        #expect(left == ["backup.db", "state"], "a backup is one file, even after it was read")

        try restore(to: elsewhere, expecting: facts)
        #expect(try StateModel(elsewhere.snapshot()) == model)
    }

    @Test func aBackupReplacesNothing() throws {
        try keep([chunk([(.users, 1, "one")])], in: scratch.folder)
        try scratch.write("precious".utf8, to: file)
        let error = caught { () throws(StateError) in try scratch.folder.snapshot().backup(to: file) }
        #expect(error?.kind == .exists)
        #expect(try scratch.bytes(file) == Array("precious".utf8))
        let nowhere = "\(scratch.path)/no/such/folder/backup.db"
        let lost = caught { () throws(StateError) in try scratch.folder.snapshot().backup(to: nowhere) }
        #expect(lost?.gist == "cannot be copied there")
    }

    @Test func aRestoredStateGoesOnWhereTheBackupWas() throws {
        let old = [chunk([(.users, 1, "old"), (.core, 0, "old")])]
        try keep(old, in: scratch.folder, describing: StateDescription(topics: facts))
        try scratch.folder.snapshot().backup(to: file)
        try keep([chunk([(.users, 1, "new"), (.users, 2, "new")])], in: scratch.folder)
        #expect(try scratch.folder.snapshot().mark.number == 2)

        try restore(to: scratch.folder, expecting: facts)
        var model = StateModel()
        model.apply(old[0])
        let restored = try StateFile(scratch.folder)
        #expect(restored.mark.number == 1)
        #expect(try StateModel(restored.snapshot()) == model)
    }

    /// The log of the state that was is never played into the one that is restored.
    @Test func aLogThatAKilledProcessLeftIsNotMixedIn() throws {
        try keep([chunk([(.users, 1, "backup")])], in: scratch.folder)
        try scratch.folder.snapshot().backup(to: file)
        do {
            var writer = CheckpointWriter(try StateFile(scratch.folder), describing: StateDescription())
            let reader = try scratch.folder.snapshot()  // Keeps the log from being folded.
            try keep([chunk([(.users, 1, "later"), (.users, 2, "later")])], in: &writer)
            for ending in ["", "-wal"] {
                try scratch.write(
                    scratch.bytes(scratch.folder.database + ending), to: elsewhere.database + ending)
            }
            #expect(reader.mark.number == 1)
        }
        #expect(try #require(FileFacts("\(elsewhere.database)-wal")).bytes > 0)
        try restore(to: elsewhere, expecting: [])
        let found = try StateModel(StateFile(elsewhere).snapshot())
        #expect(found.rows == [.init(table: .users, key: 1): Array("backup".utf8)])
    }

    @Test(arguments: [
        ("ratings.v1", 6, "'ratings.v1' had 8 partitions and has 6"),
        ("ratings.v1", 12, "'ratings.v1' had 8 partitions and has 12"),
        ("ratings.v2", 8, "'ratings.v1' is called 'ratings.v2' now"),
        (nil, 8, "'ratings.v1' is not there"),
    ])
    func otherTopicsAreRefusedUnlessForced(name: String?, partitions: Int, difference: String) throws {
        try keep(
            [chunk([(.users, 1, "one")])], in: scratch.folder, describing: StateDescription(topics: facts))
        try scratch.folder.snapshot().backup(to: file)
        try keep([chunk([(.users, 2, "kept")])], in: elsewhere)
        let present = name.map {
            [StateDescription.TopicFacts(topic: .ratings, name: $0, partitions: partitions)]
        }
        let error = caught { () throws(StateError) in
            try restore(to: elsewhere, expecting: present ?? [])
        }
        #expect(error?.kind == .otherTopics(differences: [difference]))
        #expect(try StateModel(elsewhere.snapshot()).rows.keys.map(\.key) == [2], "nothing was touched")

        try restore(to: elsewhere, expecting: nil)
        #expect(try StateModel(elsewhere.snapshot()).rows.keys.map(\.key) == [1])
    }

    @Test func aDamagedBackupIsRefusedAndTheStateStays() throws {
        try keep([chunk([(.users, 1, String(repeating: "x", count: 200))])], in: scratch.folder)
        try scratch.folder.snapshot().backup(to: file)
        try keep([chunk([(.users, 2, "kept")])], in: elsewhere)
        var bytes = try scratch.bytes(file)
        let place = try #require(
            bytes.indices.first { bytes[$0...].starts(with: repeatElement(0x78, count: 200)) })
        bytes[place + 100] ^= 1
        try scratch.write(bytes, to: file)
        let broken: [(bytes: [UInt8], gist: String)] = [
            (bytes, "is damaged"), (Array(bytes.dropLast(20_000)), "is damaged"),
            (Array("no backup at all".utf8), "is not a state of Freshet"),
        ]
        for (bytes, gist) in broken {
            try scratch.write(bytes, to: file)
            let error = caught { () throws(StateError) in try restore(to: elsewhere, expecting: []) }
            #expect(error?.gist == gist && error?.path == file)
            #expect(try StateModel(elsewhere.snapshot()).rows.keys.map(\.key) == [2])
            #expect(FileFacts(elsewhere.draft) == nil)
        }
        let error = caught { () throws(StateError) in
            try restore(to: elsewhere, from: "\(scratch.path)/nowhere", expecting: [])
        }
        #expect(error?.kind == .noBackup)
    }

    @Test func aRestoreWaitsForNoOwner() throws {
        try keep([chunk([(.users, 1, "one")])], in: scratch.folder)
        try scratch.folder.snapshot().backup(to: file)
        let owner = try StateFile(scratch.folder)
        let error = caught { () throws(StateError) in try restore(to: scratch.folder, expecting: []) }
        #expect(error?.kind == .owned(pid: getpid()))
        #expect(owner.isNew == false)
    }

    @Test func aStateThatCannotBeOpenedIsReplaced() throws {
        try keep([chunk([(.users, 1, "one")])], in: scratch.folder)
        try scratch.folder.snapshot().backup(to: file)
        try scratch.write("garbage".utf8, to: scratch.folder.database)
        try restore(to: scratch.folder, expecting: [])
        #expect(try StateModel(StateFile(scratch.folder).snapshot()).rows.count == 1)
    }

    private func restore(
        to folder: StateFolder, from path: String? = nil, expecting topics: [StateDescription.TopicFacts]?
    ) throws(StateError) {
        try StateBackup(path ?? file).restore(to: folder, expecting: topics)
    }
}
