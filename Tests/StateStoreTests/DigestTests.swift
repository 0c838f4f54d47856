import Pipeline
import State
import Testing

@testable import StateStore

@Suite(.ownThread) struct DigestTests {
    /// Written down once: a digest that changes would make all that were noted worthless.
    @Test func theDigestOfAKnownStateNeverChanges() throws {
        let (none, some) = (
            try digest([]),
            try digest([(.core, 0, "core"), (.users, -1, ""), (.users, 7, "seven"), (.items, 3, "three")])
        )
        #expect(none.description == "e0ed50311977ff9f3493e40ea18e3fa4")
        #expect(some.description == "21e57ff1dd09fa5c12610061be88b29e")
    }

    @Test func theWayToAStateDoesNotShow() throws {
        let scratch = try Scratch()
        var dice = Dice(state: 11)
        var model = StateModel()
        var writer = CheckpointWriter(
            try StateFile(scratch.folder), describing: StateDescription(program: "1"))
        for _ in 0..<10 {
            let rows = StateModel.randomChunk(&dice, rows: 200)
            model.apply(rows)
            try keep([rows], in: &writer)
        }
        var whole = StateChunk()
        // In whatever order the dictionary has.
        for (place, bytes) in model.rows { whole.put(place.table, place.key) { $0 += bytes } }
        let other = try Scratch()
        try keep([whole], in: other.folder, describing: StateDescription(program: "2"))
        #expect(try scratch.folder.snapshot().digest() == other.folder.snapshot().digest())
    }

    @Test(arguments: [
        [(StateTable.users, Int64(1), "abd"), (.users, 2, "def")],  // A byte.
        [(.users, 1, "abcd"), (.users, 2, "ef")],  // A boundary.
        [(.users, 1, "abcdef"), (.users, 2, "")],
        [(.users, 1, "abcdef")],
        [(.users, 1, "abc"), (.users, 3, "def")],  // A key.
        [(.users, 1, "abc"), (.userFactors, 2, "def")],  // A table.
        [(.items, 1, "abc"), (.items, 2, "def")],
        [(.users, 2, "abc"), (.users, 1, "def")],  // An order.
        [(.users, 1, "abc"), (.users, 2, "def"), (.users, 3, "")],  // A row.
        [],
    ])
    func everyDifferenceShows(rows: [(StateTable, Int64, String)]) throws {
        #expect(try digest(rows) != digest([(.users, 1, "abc"), (.users, 2, "def")]))
    }

    @Test func whatIsOwedDoesNotCount() throws {
        #expect(try digest([(.users, 1, "abc"), (.owed, 0, "42")]) == digest([(.users, 1, "abc")]))
    }

    /// Rows around the size at which the text is cut.
    @Test(arguments: [65_000, 65_536, 70_000, 200_000])
    func longRowsCountToTheLastByte(length: Int) throws {
        let long = String(repeating: "x", count: length)
        let whole = try digest([(.users, 1, long), (.users, 2, "y")])
        #expect(try digest([(.users, 1, long.dropLast() + "z"), (.users, 2, "y")]) != whole)
        #expect(try digest([(.users, 1, long), (.users, 2, "z")]) != whole)
        #expect(try digest([(.users, 1, long + "y"), (.users, 2, "")]) != whole)
    }

    private func digest(_ rows: [(StateTable, Int64, String)]) throws -> StateDigest {
        let scratch = try Scratch()
        try keep([chunk(rows)], in: scratch.folder)
        return try scratch.folder.snapshot().digest()
    }
}
