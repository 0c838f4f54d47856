/// Keeps a checkpoint consistent while the stream goes on: a row that the checkpoint owes is copied out just before
/// it changes; the others are copied out little by little.
///
///     begin ──▶ (willChange copies first | copyOwed copies on)… ──▶ owes nothing ──▶ begin
///
/// The chunk grows by what is owed at most; whoever takes it decides how fast that goes.
package struct StateRecorder: ~Copyable {
    /// Rows copied out and not yet taken.
    package private(set) var chunk = StateChunk()
    /// Before them, rows that came as whole chunks.
    private var whole: [StateChunk] = []
    private var logs = StateTable.allCases.map { _ in ChangeLog() }

    package init() {}

    /// Rows that the checkpoint under way has still to copy.
    package var owedCount: Int { logs.reduce(0) { $0 + $1.owedCount } }

    /// Bytes copied out and not yet taken.
    package var copiedBytes: Int { whole.reduce(chunk.bytes.count) { $0 + $1.bytes.count } }

    /// Must be called before a row changes, and for a new row before or after it is added. `write` appends the row's
    /// bytes as they are, and is only called where the checkpoint needs them.
    @inline(__always)
    package mutating func willChange(_ table: StateTable, _ row: UInt32, _ write: (inout [UInt8]) -> Void) {
        guard logs[Int(table.rawValue)].willChange(Int(row)) else { return }
        chunk.put(table, Int64(row), write)
    }

    /// Notes that a row is new: the checkpoint under way cannot owe it.
    @inline(__always)
    package mutating func added(_ table: StateTable, _ row: UInt32) {
        _ = logs[Int(table.rawValue)].willChange(Int(row))
    }

    /// A checkpoint begins; the one before has copied all that it owed.
    package mutating func begin() {
        for index in logs.indices { logs[index].begin() }
    }

    /// A row of the checkpoint that is not tracked: it is simply part of each.
    package mutating func put(_ table: StateTable, _ key: Int64, _ write: (inout [UInt8]) -> Void) {
        chunk.put(table, key, write)
    }

    /// Rows that were copied out earlier and have not changed since: handed on as they are, for they may be many.
    package mutating func put(_ chunks: consuming [StateChunk]) {
        whole += chunks
    }

    package mutating func remove(_ table: StateTable, _ key: Int64) {
        chunk.remove(table, key)
    }

    /// Copies rows of a table that are owed until the chunk holds `bytesMax`.
    package mutating func copyOwed(
        _ table: StateTable, bytesMax: Int, _ write: (UInt32, inout [UInt8]) -> Void
    ) {
        while chunk.bytes.count < bytesMax, let row = logs[Int(table.rawValue)].takeOwed() {
            chunk.put(table, Int64(row)) { write(UInt32(row), &$0) }
        }
    }

    /// Hands over what was copied out: of two rows with the same key the later one counts.
    package mutating func takeChunks() -> [StateChunk] {
        let taken = whole + [chunk]
        (chunk, whole) = (StateChunk(), [])
        return taken
    }
}
