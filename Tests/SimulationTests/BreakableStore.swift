import Model
import Pipeline
import Simulation
import State

/// A simulated store, or one that breaks its promise.
struct BreakableStore: CheckpointSink, ~Copyable {
    private var store: SimulatedStore
    private let breakage: Breakage?
    /// What is visible although it should not be.
    private var early = SimulatedStore.Tables()
    private var dice: Dice
    /// Whether the checkpoint under way will be lost.
    private var isLost = false

    init(_ store: consuming SimulatedStore, _ breakage: Breakage?, seed: UInt64) {
        self.store = store
        self.breakage = breakage
        dice = Dice(seed: seed)
    }

    /// What the next process finds.
    var tables: SimulatedStore.Tables {
        store.tables.merging(breakage == .tornCommits ? store.torn : early) { kept, early in
            kept.merging(early) { $1 }
        }
    }

    var commits: Int { store.commits }

    var faults: Faults {
        get { store.faults }
        set { store.faults = newValue }
    }

    var isReady: Bool { store.isReady }
    var hasRoom: Bool { store.hasRoom }

    mutating func append(_ chunk: consuming StateChunk) {
        guard breakage != nil else { return store.append(chunk) }
        let chunk = chunk
        var kept = StateChunk()
        for row in chunk.rows {
            guard let range = row.range else {
                kept.remove(row.table, row.key)
                continue
            }
            if let bytes = spoiled(row, Array(chunk.bytes[range])) {
                kept.put(row.table, row.key) { $0 += bytes }
            }
        }
        store.append(kept)
    }

    mutating func commit() {
        store.commit()
        isLost = dice.below(3) == 0
    }

    var canRecall: Bool { store.canRecall }

    mutating func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]? {
        // A store that shows too much shows it here as well.
        if let row = early[table]?[key] { return row }
        return try store.recall(table, key)
    }

    mutating func outcome() throws(Trouble) -> CheckpointOutcome? { try store.outcome() }

    /// What becomes of a row; `nil` where it is lost.
    private mutating func spoiled(_ row: StateChunk.Row, _ bytes: [UInt8]) -> [UInt8]? {
        switch breakage {
        case .early(let tables) where tables.contains(row.table):
            early[row.table, default: [:]][row.key] = bytes
        case .missing(let tables) where tables.contains(row.table):
            return nil
        case .lostCommits where isLost:
            return nil
        case .newDice where row.table == .core:
            return Self.withNewDice(bytes)
        default: break
        }
        return bytes
    }

    /// The row of the core as if no dice had been thrown: they stand behind the counts of events and of positives.
    private static func withNewDice(_ row: [UInt8]) -> [UInt8] {
        let offset = row.withUnsafeBytes { raw -> Int? in
            var bytes = StateBytes(raw)
            var offset = 5 * 8 + 4
            do throws(StateDamage) {
                for _ in 0..<5 { _ = try bytes.take(UInt64.self) }
                for _ in 0..<(try bytes.take(UInt32.self)) {
                    offset += 4 + (try bytes.takeText()).utf8.count + 8
                    _ = try bytes.take(UInt64.self)
                }
                return offset + 8
            } catch {
                return nil
            }
        }
        guard let offset else { preconditionFailure("the core's row has another form than this test knows") }
        var dice: [UInt8] = []
        dice.put(ModelOptions().seed)
        return row[..<offset] + dice + row[(offset + dice.count)...]
    }
}
