package import State

/// Where checkpoints go. A checkpoint is all rows that changed since the one before, and becomes visible whole or
/// not at all.
package protocol CheckpointSink: RowRecall, ~Copyable {
    /// Whether a checkpoint may begin: the outcome of the one before was told.
    var isReady: Bool { get }

    /// Whether a chunk may be handed over now. The bound on what is under way: when it is reached, the copying
    /// waits and the stream goes on.
    var hasRoom: Bool { get }

    /// Hands rows of the checkpoint under way over; returns at once. Called only while there is room.
    mutating func append(_ chunk: consuming StateChunk)

    /// An empty chunk whose rows are written, for its memory; `nil` where there is none now.
    mutating func takeSpare() -> StateChunk?

    /// The checkpoint under way is complete: commit it, all in one transaction; returns at once.
    mutating func commit()

    /// What became of the last `commit`: `nil` while it is under way or once it was told. Retry rule: `.tryAgain`
    /// says that it is held up, once each time; the sink goes on trying by itself, and nothing is handed over again.
    /// After `.stop` nothing of it is visible, and only a person can mend it.
    mutating func outcome() throws(Trouble) -> CheckpointOutcome?
}

extension CheckpointSink where Self: ~Copyable {
    package mutating func takeSpare() -> StateChunk? { nil }
}

/// A checkpoint that is safe on disk.
package struct CheckpointOutcome: Equatable, Sendable {
    package var rows: Int
    package var bytes: Int
    package var milliseconds: Double

    package init(rows: Int, bytes: Int, milliseconds: Double) {
        self.rows = rows
        self.bytes = bytes
        self.milliseconds = milliseconds
    }
}

/// A state that was kept, for a start.
package protocol StateReader: ~Copyable {
    /// Lends the rows of a table in rising order of their keys. Stops at, and throws, what `body` throws.
    func read(
        _ table: StateTable, _ body: (_ key: Int64, _ bytes: UnsafeRawBufferPointer) throws(Trouble) -> Void
    ) throws(Trouble)
}
