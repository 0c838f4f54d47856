import Foundation
import State
import Testing

@testable import StateStore

@Suite(.ownThread) struct DraftTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func nothingIsThereUntilItIsAdopted() throws {
        var draft = try StateDraft(scratch.folder)
        var (dice, model) = (Dice(state: 3), StateModel())
        for _ in 0..<4 {
            let chunk = StateModel.randomChunk(&dice, rows: 500, keys: 2_000, bytesMax: 4_000)
            model.apply(chunk)
            try draft.write([chunk])
        }
        let early = try scratch.folder.snapshotIfAny() == nil
        #expect(early)
        let file = try draft.adopt(describing: StateDescription(program: "1.2.3"), timeMs: 42)
        #expect(file.mark == CheckpointMark(number: 1, timeMs: 42) && file.description.program == "1.2.3")
        let found = try StateModel(file.snapshot())
        #expect(found == model)
        let left = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path).sorted()
        #expect(
            left.filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") } == ["freshet.db", "freshet.lock"])
    }

    @Test func itIsTheStateThatCheckpointsWouldHaveMade() throws {
        let rows = chunk([(.users, 1, "one"), (.core, 0, "core"), (.users, 2, "two")])
        try keep([rows], in: StateFolder("\(scratch.path)/slowly"))
        var draft = try StateDraft(scratch.folder)
        try draft.write([rows])
        var writer = CheckpointWriter(
            try draft.adopt(describing: StateDescription(), timeMs: 1), describing: StateDescription())
        #expect(
            try scratch.folder.snapshot().digest()
                == StateFolder("\(scratch.path)/slowly").snapshot().digest())
        try keep([chunk([(.users, 3, "three")])], in: &writer)
        let mark = try scratch.folder.snapshot().mark
        #expect(mark.number == 2)
    }

    @Test func whatIsNotAdoptedLeavesTheOldStateAsItWas() throws {
        try keep([chunk([(.users, 1, "old")])], in: scratch.folder)
        do {
            var draft = try StateDraft(scratch.folder)
            try draft.write([chunk([(.users, 1, "new"), (.users, 2, "new")])])
        }
        var old = StateModel()
        old.apply(chunk([(.users, 1, "old")]))
        let found = try StateModel(StateFile(scratch.folder).snapshot())
        #expect(found == old)
        let isGone = !FileManager.default.fileExists(atPath: scratch.folder.draft)
        #expect(isGone)
    }

    @Test func itTakesThePlaceOfAnOldState() throws {
        try keep([chunk([(.users, 1, "old"), (.items, 7, "old")])], in: scratch.folder)
        var draft = try StateDraft(scratch.folder)
        try draft.write([chunk([(.users, 2, "new")])])
        _ = try draft.adopt(describing: StateDescription(), timeMs: 1)
        let found = try StateModel(StateFile(scratch.folder).snapshot())
        #expect(found.rows == [.init(table: .users, key: 2): Array("new".utf8)])
    }

    @Test func aFolderThatIsInUseIsLeftAlone() throws {
        let file = try StateFile(scratch.folder)
        let error = caught { () throws(StateError) in _ = try StateDraft(scratch.folder) }
        #expect(error?.gist == "is in use by another process (pid \(getpid()))")
        let isNew = file.isNew
        #expect(isNew)
        let draft = try StateDraft(StateFolder("\(scratch.path)/other"))
        let second = errorOfOpening(StateFolder("\(scratch.path)/other"))
        #expect(second?.gist == "is in use by another process (pid \(getpid()))")
        _ = consume draft
    }
}
