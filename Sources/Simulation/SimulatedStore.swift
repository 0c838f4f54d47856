import Model
package import Pipeline
package import State

/// A state store in memory: chunks become visible with their commit, which comes some turns later, or never when the
/// process dies first.
package struct SimulatedStore: CheckpointSink, ~Copyable {
    package typealias Tables = [StateTable: [Int64: [UInt8]]]

    /// What is on disk: only whole checkpoints.
    package private(set) var tables: Tables
    /// What was on its way to the disk when the process was killed: some rows of a checkpoint, without its end. To
    /// the next process they must be as if they were not there.
    package private(set) var torn: Tables = [:]
    package private(set) var commits = 0
    private var underWay: [StateChunk] = []
    private var commitsIn: Int?
    private var turns = 0
    /// Whether rows can be read back.
    package let canRecall: Bool
    package var faults: Faults

    package init(tables: Tables = [:], canRecall: Bool = true, faults: Faults) {
        self.tables = tables
        self.canRecall = canRecall
        self.faults = faults
    }

    package var isReady: Bool { commitsIn == nil && underWay.isEmpty }

    /// The queue to a slow disk is full every third time that it is asked.
    package var hasRoom: Bool { !turns.isMultiple(of: 3) }

    package mutating func append(_ chunk: consuming StateChunk) {
        underWay.append(chunk)
    }

    package mutating func commit() {
        commitsIn = faults.dice.below(6)
    }

    package mutating func outcome() throws(Trouble) -> CheckpointOutcome? {
        turns += 1
        guard let left = commitsIn else { return nil }
        guard left == 0 else {
            commitsIn = left - 1
            return nil
        }
        commitsIn = nil
        try faults.mayDie()
        let rows = underWay.reduce(0) { $0 + $1.rows.count }
        torn = [:]
        for chunk in underWay {
            let cut = faults.dice.below(chunk.rows.count + 1)
            Self.apply(chunk.rows[..<cut], of: chunk, to: &torn)
            try faults.mayDie()
            Self.apply(chunk.rows[cut...], of: chunk, to: &torn)
        }
        try faults.mayDie()
        for chunk in underWay { Self.apply(chunk.rows[...], of: chunk, to: &tables) }
        torn = [:]
        underWay.removeAll()
        commits += 1
        try faults.mayDie()
        return CheckpointOutcome(rows: rows, bytes: 0, milliseconds: 0)
    }

    package mutating func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]? {
        try faults.mayDie()
        return tables[table]?[key]
    }

    private static func apply(
        _ rows: ArraySlice<StateChunk.Row>, of chunk: StateChunk, to tables: inout Tables
    ) {
        for row in rows {
            tables[row.table, default: [:]][row.key] = row.range.map { Array(chunk.bytes[$0]) }
        }
    }
}

/// Reads what a simulated store kept.
package struct SimulatedReader: StateReader, ~Copyable {
    private let tables: SimulatedStore.Tables

    package init(_ tables: SimulatedStore.Tables) {
        self.tables = tables
    }

    package func read(
        _ table: StateTable, _ body: (Int64, UnsafeRawBufferPointer) throws(Trouble) -> Void
    ) throws(Trouble) {
        for (key, bytes) in (tables[table] ?? [:]).sorted(by: { $0.key < $1.key }) {
            let outcome = bytes.withUnsafeBytes { raw in
                Result { () throws(Trouble) in try body(key, raw) }
            }
            try outcome.get()
        }
    }
}
