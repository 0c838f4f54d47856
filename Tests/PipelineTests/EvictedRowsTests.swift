import Events
import State
import Testing

@testable import Pipeline

/// Rows that left memory are found wherever they are: not yet handed over, on their way, or in the store.
@Suite struct EvictedRowsTests {
    private let user: Identifier

    init() throws { user = try #require(Identifier("someone")) }

    @Test func isFoundBeforeDuringAndAfterACheckpoint() throws {
        var (rows, store) = (EvictedRows(), Store())
        try rows.put(user, [1, 2], of: .evictedUsers, &store)
        store.asked = 0
        #expect(try rows.row(user, store: &store) == [1, 2])
        rows.begin()
        #expect(try rows.row(user, store: &store) == [1, 2])
        let asked = store.asked
        #expect(asked == 0, "what no commit holds cannot be asked for")

        store.take(Self.handedOver(&rows))
        rows.committed()
        #expect(rows.bytes == 0)
        #expect(try rows.row(user, store: &store) == [1, 2])
    }

    /// What was taken is nowhere, whatever the store still shows.
    @Test func whatWasTakenIsGoneAtOnce() throws {
        var (rows, store) = (EvictedRows(), Store())
        try rows.put(user, [1], of: .evictedUsers, &store)
        rows.begin()
        store.take(Self.handedOver(&rows))
        rows.committed()

        #expect(try rows.take(user, of: .evictedUsers, &store) == [1])
        #expect(try rows.take(user, of: .evictedUsers, &store) == nil)
        rows.begin()
        #expect(try rows.take(user, of: .evictedUsers, &store) == nil)
        store.take(Self.handedOver(&rows))
        rows.committed()
        #expect(try rows.take(user, of: .evictedUsers, &store) == nil)
        let kept = store.rows
        #expect(kept.isEmpty)
    }

    /// Out and in again while a checkpoint is under way: it shows the moment when it began, the next one the end.
    @Test func aCheckpointShowsTheMomentWhenItBegan() throws {
        var (rows, store) = (EvictedRows(), Store())
        try rows.put(user, [1], of: .evictedUsers, &store)
        rows.begin()
        #expect(try rows.take(user, of: .evictedUsers, &store) == [1])
        try rows.put(user, [2, 2], of: .evictedUsers, &store)
        store.take(Self.handedOver(&rows))
        rows.committed()
        #expect(store.rows.count == 1)
        #expect(try rows.row(user, store: &store) == [2, 2])
        rows.begin()
        store.take(Self.handedOver(&rows))
        rows.committed()
        #expect(try rows.row(user, store: &store) == [2, 2])
    }

    /// Two names with one fingerprint share a row; neither takes the other's part along.
    @Test func namesWithOneFingerprintShareARow() throws {
        var (rows, store) = (EvictedRows(), Store())
        var shared: [UInt8] = []
        shared.put("another")
        shared.put([7, 7, 7] as [UInt8])
        store.rows[Store.Place(table: .evictedItems, key: Int64(bitPattern: user.fingerprint))] = shared

        #expect(try rows.take(user, of: .evictedItems, &store) == nil)
        try rows.put(user, [1], of: .evictedItems, &store)
        rows.begin()
        store.take(Self.handedOver(&rows))
        rows.committed()
        #expect(try rows.take(user, of: .evictedItems, &store) == [1])
        rows.begin()
        store.take(Self.handedOver(&rows))
        let left = Array(store.rows.values)
        #expect(left == [shared])
    }

    @Test func aRowThatCannotBeReadStopsWithTheMend() {
        var (rows, store) = (EvictedRows(), Store())
        let place = Store.Place(table: .evictedUsers, key: Int64(bitPattern: user.fingerprint))
        for damage in [[1], [1, 0, 0, 0, 65, 9, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0]] as [[UInt8]] {
            store.rows[place] = damage
            let error = #expect(throws: Trouble.self) { try rows.take(user, of: .evictedUsers, &store) }
            #expect(error?.cure == .stop && error?.message.contains("state restore") == true)
        }
    }

    /// A chunk is bounded, however much is owed.
    @Test func isHandedOverLittleByLittle() throws {
        var (rows, store) = (EvictedRows(), Store())
        for number in 0..<100 {
            let name = try #require(Identifier("user \(number)"))
            try rows.put(name, [UInt8](repeating: 1, count: 1_000), of: .evictedUsers, &store)
        }
        #expect(rows.bytes > 100_000)
        rows.begin()
        var sizes: [Int] = []
        while rows.owedCount > 0 {
            var recorder = StateRecorder()
            rows.copyOwed(bytesMax: 10_000, to: &recorder)
            sizes.append(recorder.takeChunks().reduce(0) { $0 + $1.bytes.count })
        }
        #expect(sizes.count > 9 && sizes.allSatisfy { $0 < 11_100 })
    }

    private static func handedOver(_ rows: inout EvictedRows) -> [StateChunk] {
        var recorder = StateRecorder()
        rows.copyOwed(bytesMax: .max, to: &recorder)
        return recorder.takeChunks()
    }
}

extension EvictedRows {
    /// Takes an entry and puts it back.
    fileprivate mutating func row(_ user: Identifier, store: inout Store) throws -> [UInt8]? {
        var copy = self
        return try copy.take(user, of: .evictedUsers, &store)
    }
}

private struct Store: RowRecall {
    struct Place: Hashable {
        var table: StateTable
        var key: Int64
    }

    var rows: [Place: [UInt8]] = [:]
    var asked = 0
    var canRecall: Bool { true }

    mutating func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]? {
        asked += 1
        return rows[Place(table: table, key: key)]
    }

    mutating func take(_ chunks: [StateChunk]) {
        for chunk in chunks {
            for row in chunk.rows {
                rows[Place(table: row.table, key: row.key)] = row.range.map { Array(chunk.bytes[$0]) }
            }
        }
    }
}
