import Glibc
import Pipeline
import State

/// One checkpoint after the other, each in one transaction that begins with its first rows.
struct CheckpointTransaction: ~Copyable {
    // Finalized before the file is closed.
    private var writer = RowWriter()
    private let file: StateFile
    private var mark: CheckpointMark
    private var isOpen = false
    /// Why the checkpoint under way cannot be committed. What still comes of it is dropped.
    private var failure: StateError?
    private var rows = 0
    private var bytes = 0
    private var seconds = 0.0
    private let isWorthWaiting: (StateError) -> Bool

    /// - Parameter isWorthWaiting: asked every few seconds while another program holds the file.
    init(_ file: consuming StateFile, isWorthWaiting: @escaping (StateError) -> Bool) {
        mark = file.mark
        self.file = file
        self.isWorthWaiting = isWorthWaiting
    }

    mutating func write(_ chunks: [StateChunk]) {
        let watch = ContinuousClock.now
        attempt { this throws(StateError) in
            try this.open()
            try this.writer.write(chunks, to: this.file.connection)
        }
        for chunk in chunks {
            rows += chunk.rows.count
            bytes += chunk.bytes.count
        }
        seconds += watch.duration(to: .now) / .seconds(1)
    }

    /// Ends the checkpoint under way: all of it is on disk, or nothing.
    mutating func commit(_ description: StateDescription) -> Result<CheckpointOutcome, StateError> {
        let watch = ContinuousClock.now
        let next = CheckpointMark(number: mark.number + 1, timeMs: Self.nowMs())
        attempt { this throws(StateError) in
            try this.open()
            try MetaTable.write(description, next, to: this.file.connection)
            try this.file.connection.run("COMMIT")
        }
        seconds += watch.duration(to: .now) / .seconds(1)
        defer { (isOpen, failure, rows, bytes, seconds) = (false, nil, 0, 0, 0) }
        if let failure { return .failure(failure) }
        mark = next
        return .success(CheckpointOutcome(rows: rows, bytes: bytes, milliseconds: seconds * 1_000))
    }

    /// Keeps the log short. A log that cannot be folded would grow without bound, so the next checkpoint fails for
    /// the same reason; the one before is safe in the log.
    mutating func foldLog() {
        attempt { this throws(StateError) in try this.file.foldLog() }
    }

    /// From then on the file is ours: what another program can hold up is only the beginning.
    private mutating func open() throws(StateError) {
        while !isOpen {
            do throws(StateError) {
                try file.connection.run("BEGIN IMMEDIATE")
                isOpen = true
            } catch {
                guard error.kind == .busy, isWorthWaiting(error) else { throw error }
            }
        }
    }

    /// Does `body`, unless something of this checkpoint failed before.
    private mutating func attempt(_ body: (inout Self) throws(StateError) -> Void) {
        guard failure == nil else { return }
        do throws(StateError) {
            try body(&self)
        } catch {
            failure = error
            file.connection.rollBack()
        }
    }

    private static func nowMs() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000 + Int64(now.tv_nsec) / 1_000_000
    }
}
