import Events
import Pipeline
import State
import Testing

@testable import StateStore

@Suite(.ownThread) struct InspectionTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func aStateIsCountedTableByTable() throws {
        var rows = chunk([(.users, 1, "four"), (.users, 2, "sixsix"), (.core, 0, "1")])
        for (topic, partition, next) in [(Topic.feedback, 0, 7), (.ratings, 1, 1 << 40), (.ratings, 0, 3)] {
            let lane = Lane(topic: topic, partition: Int32(partition))
            rows.put(.offsets, lane.stateKey) { bytes in
                withUnsafeBytes(of: Int64(next).littleEndian) { bytes += $0 }
            }
        }
        try keep([rows], in: scratch.folder, describing: StateDescription(program: "1.0"))
        let seen = try scratch.folder.snapshot().inspect()
        #expect(seen.tables.map(\.table) == StateTable.allCases)
        #expect(seen.tables.first { $0.table == .users } == .init(table: .users, rows: 2, bytes: 10))
        #expect(seen.tables.first { $0.table == .items } == .init(table: .items, rows: 0, bytes: 0))
        #expect(seen.heldBytes == 10 + 1 + 24)
        #expect(
            seen.offsets == [
                Position(lane: Lane(topic: .ratings, partition: 0), offset: 3),
                Position(lane: Lane(topic: .feedback, partition: 0), offset: 7),
                Position(lane: Lane(topic: .ratings, partition: 1), offset: 1 << 40),
            ])
        #expect(seen.mark.number == 1 && seen.version == Schema.current.version)
        #expect(seen.fileBytes % Schema.pageBytes == 0 && seen.fileBytes > 0)
    }

    @Test func anOffsetThatIsNoneIsDamage() throws {
        try keep([chunk([(.offsets, 0, "short")])], in: scratch.folder)
        let error = caught { () throws(StateError) in _ = try scratch.folder.snapshot().inspect() }
        #expect(error?.gist == "is damaged")
    }

    /// Rows as large as those of people, items and blocks, grown and shrunk for some time.
    @Test func aStateTakesLittleMoreThanWhatItHolds() throws {
        var dice = Dice(state: 9)
        var writer = CheckpointWriter(try StateFile(scratch.folder), describing: StateDescription())
        for round in 0..<8 {
            var rows = StateChunk()
            for key in 0..<1_500 as Range<Int64> where round == 0 || Int.random(in: 0..<3, using: &dice) == 0
            {
                let history = Int.random(in: 100...(400 + 300 * round), using: &dice)
                rows.put(.users, key) { $0 += repeatElement(1, count: history) }
                rows.put(.userFactors, key) { $0 += repeatElement(2, count: 300) }
                if key < 200 { rows.put(.reservoir, key) { $0 += repeatElement(3, count: 4_096) } }
            }
            try keep([rows], in: &writer)
        }
        _ = consume writer
        let ratio = try #require(try scratch.folder.snapshot().inspect().ratio)
        #expect(ratio < 1.5, "\(ratio)")
    }
}
