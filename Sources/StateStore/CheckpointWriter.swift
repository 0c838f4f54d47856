package import Pipeline
package import State

/// Commits checkpoints on a thread of its own: whoever hands rows over never waits.
///
/// What is queued is bounded by bytes: the stream asks `hasRoom` before it copies more rows out. When the writer
/// ends, a commit that was asked for is still done, rows without a commit are not kept, and the folder is free.
package struct CheckpointWriter: ~Copyable, CheckpointSink {
    private let queue = CheckpointQueue()
    private let thread: CheckpointThread
    private let bytesMax: Int
    /// What a checkpoint says about itself, from the next commit on.
    package var description: StateDescription
    /// The state file, for rows that are read back.
    private let path: String
    /// Made with the first row that is asked for.
    private var lookup: RowLookup?

    /// - Parameters:
    ///   - description: what every checkpoint says about itself.
    ///   - bytesMax: how much may wait; one chunk more is taken than fits.
    package init(
        _ file: consuming sending StateFile, describing description: StateDescription,
        bytesMax: Int = 32 << 20
    ) {
        self.description = description
        self.bytesMax = bytesMax
        path = file.folder.database
        thread = CheckpointThread(file, queue: queue)
        thread.start()
    }

    deinit {
        queue.pushEnd()
        thread.join()
    }

    /// Whether the outcome of the commit before is known and was asked for.
    package var isReady: Bool { !queue.isCommitting }

    package var hasRoom: Bool { queue.bytes < bytesMax }

    package mutating func append(_ chunk: consuming StateChunk) {
        guard !chunk.isEmpty else { return }
        queue.push(chunk)
    }

    package mutating func takeSpare() -> StateChunk? { queue.takeSpare() }

    package var canRecall: Bool { true }

    /// A row as of the newest commit, whether its outcome was asked for or not.
    package mutating func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]? {
        do throws(StateError) {
            if lookup == nil { lookup = try RowLookup(path) }
            return try lookup?.row(table, key)
        } catch {
            // Nobody can go on without the row, so that there is nothing to be tried again.
            throw Trouble(.stop, error.description)
        }
    }

    package mutating func commit() {
        queue.pushCommit(description)
    }

    package mutating func outcome() throws(Trouble) -> CheckpointOutcome? {
        if let hindrance = queue.takeHindrance() { throw hindrance.trouble }
        return try Self.outcome(queue.takeResult())
    }

    /// Waits until the commit under way is on disk or has failed, for an orderly stop; `nil` where none is.
    package mutating func waitForOutcome() throws(Trouble) -> CheckpointOutcome? {
        try Self.outcome(queue.waitForResult())
    }

    private static func outcome(
        _ result: Result<CheckpointOutcome, StateError>?
    ) throws(Trouble) -> CheckpointOutcome? {
        switch result {
        case .success(let outcome): return outcome
        case .failure(let error): throw error.trouble
        case nil: return nil
        }
    }
}
