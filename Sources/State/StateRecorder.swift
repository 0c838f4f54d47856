/// Keeps a checkpoint consistent while the stream goes on: a row that the checkpoint owes is copied out just before
/// it changes; the others are copied out little by little.
///
///     begin ──▶ (willChange copies first | copyOwed copies on)… ──▶ owes nothing ──▶ begin
///
/// The chunk grows by what is owed at most; whoever takes it decides how fast that goes.
package struct StateRecorder: ~Copyable {
    /// Rows that are being copied out.
    package private(set) var chunk = StateChunk()
    /// Before them, chunks that are full, and rows that came as whole chunks.
    private var whole: [StateChunk] = []
    /// Of them.
    private var wholeBytes = 0
    /// Empty chunks, for their memory.
    private var spares: [StateChunk] = []
    /// By table.
    private var logs = [17 of ChangeLog] { _ in ChangeLog() }

    private static let sparesMax = 8
    /// More than that is not copied into one chunk, and with what comes on top a chunk has room for.
    private static let chunkBytes = 512 << 10
    private static let roomBytes = 576 << 10

    package init() {
        precondition(StateTable.allCases.count == logs.count, "a log for each table")
    }

    /// Rows that the checkpoint under way has still to copy.
    package var owedCount: Int {
        var count = 0
        for index in logs.indices { count += logs[index].owedCount }
        return count
    }

    /// Bytes copied out and not yet taken.
    package var copiedBytes: Int { wholeBytes + chunk.bytes.count }

    /// Must be called before a row changes, and for a new row before or after it is added. `write` appends the row's
    /// bytes as they are, and is only called where the checkpoint needs them.
    @inline(__always)
    package mutating func willChange(_ table: StateTable, _ row: UInt32, _ write: (inout [UInt8]) -> Void) {
        guard owes(table, row) else { return }
        put(table, Int64(row), write)
    }

    /// The same in two steps: when it says so, the row must be `put` before it changes.
    @inline(__always)
    package mutating func owes(_ table: StateTable, _ row: UInt32) -> Bool {
        logs[Int(table.rawValue)].willChange(Int(row))
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
        if chunk.bytes.count >= Self.chunkBytes { closeChunk() }
        chunk.put(table, key, write)
    }

    /// Rows that were copied out earlier and have not changed since: handed on as they are, for they may be many.
    package mutating func put(_ chunks: consuming [StateChunk]) {
        wholeBytes += chunks.reduce(0) { $0 + $1.bytes.count }
        whole += chunks
    }

    package mutating func remove(_ table: StateTable, _ key: Int64) {
        chunk.remove(table, key)
    }

    /// Copies rows of a table that are owed until `bytesMax` are to be taken.
    package mutating func copyOwed(
        _ table: StateTable, bytesMax: Int, _ write: (UInt32, inout [UInt8]) -> Void
    ) {
        while copiedBytes < bytesMax, let row = logs[Int(table.rawValue)].takeOwed() {
            put(table, Int64(row)) { write(UInt32(row), &$0) }
        }
    }

    /// Hands over what was copied out: of two rows with the same key the later one counts.
    ///
    /// - Parameter bytesMin: the chunk that is being filled stays while it has less. A chunk takes as much memory with
    ///   one row as with a thousand.
    package mutating func takeChunks(bytesMin: Int = 0) -> [StateChunk] {
        if !chunk.isEmpty, chunk.bytes.count >= bytesMin { closeChunk() }
        defer { (whole, wholeBytes) = ([], 0) }
        return whole
    }

    /// Gives an empty chunk back whose rows are written. New memory for each would cost the stream more than the
    /// copying: the system fills every page of it with zeros when it is first touched.
    package mutating func reuse(_ chunk: consuming StateChunk) {
        spares.append(chunk)
    }

    /// Whether a spare chunk is of use: the others wait where they were emptied, which has a bound.
    package var wantsSpare: Bool { spares.count < Self.sparesMax }

    /// Begins another chunk; one that had to grow while it is filled would be copied again and again.
    private mutating func closeChunk() {
        wholeBytes += chunk.bytes.count
        whole.append(chunk)
        chunk = spares.popLast() ?? StateChunk()
        chunk.reserve(bytes: Self.roomBytes)
    }
}
