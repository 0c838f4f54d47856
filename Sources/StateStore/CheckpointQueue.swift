import Dispatch
import Pipeline
import State

/// What passes between the stream, which never waits, and the thread that writes.
final class CheckpointQueue: Sendable {
    enum Step: Sendable {
        case rows([StateChunk])
        case commit(StateDescription)
        case end
    }

    private struct State: Sendable {
        var steps: [Step] = []
        /// Of the chunks that are queued or being written.
        var bytes = 0
        /// Empty chunks whose rows are written, for their memory.
        var spares: [StateChunk] = []
        var isCommitting = false
        var result: Result<CheckpointOutcome, StateError>?
        /// Why the thread waits, until somebody has asked.
        var hindrance: StateError?
        var isHeldUp = false
        var isEnding = false
    }

    /// At half a megabyte each: what a checkpoint of many rows is ahead of the disk. Chunks that grew as they were
    /// filled are not kept: with each checkpoint there would be more.
    private static let sparesMax = 64
    private static let sparesBetween = 8

    private let state = Guarded(State())
    private let work = DispatchSemaphore(value: 0)
    private let results = DispatchSemaphore(value: 0)

    /// Bytes that wait to be written, with what it costs to keep them.
    var bytes: Int { state.withLock { $0.bytes } }

    /// Whether a commit was asked for whose outcome was not yet taken.
    var isCommitting: Bool { state.withLock { $0.isCommitting } }

    func push(_ chunk: StateChunk) {
        state.withLock { state in
            state.bytes += Self.size(chunk)
            // What waits together is written together.
            if case .rows(var chunks) = state.steps.last {
                state.steps.removeLast()
                chunks.append(chunk)
                state.steps.append(.rows(chunks))
            } else {
                state.steps.append(.rows([chunk]))
            }
        }
        work.signal()
    }

    func pushCommit(_ description: StateDescription) {
        state.withLock { state in
            precondition(!state.isCommitting, "one checkpoint at a time: ask for the outcome first")
            state.isCommitting = true
            state.steps.append(.commit(description))
        }
        work.signal()
    }

    func pushEnd() {
        state.withLock { state in
            state.steps.append(.end)
            state.isEnding = true
        }
        work.signal()
    }

    /// Waits for news, and takes all that is to be done, in order: now and then nothing.
    func pull() -> [Step] {
        work.wait()
        return state.withLock { state in
            let steps = state.steps
            state.steps = []
            return steps
        }
    }

    /// Gives the room of written chunks back, and the memory of some.
    func finished(_ chunks: consuming [StateChunk]) {
        let size = chunks.reduce(0) { $0 + Self.size($1) }
        chunks.removeAll { !$0.isRoomy }
        chunks.removeSubrange(min(chunks.count, Self.sparesMax)...)
        for index in chunks.indices { chunks[index].clear() }
        state.withLock { [chunks] state in
            state.bytes -= size
            state.spares += chunks.prefix(Self.sparesMax - state.spares.count)
        }
    }

    func takeSpare() -> StateChunk? {
        state.withLock { $0.spares.popLast() }
    }

    /// Keeps why the thread has to wait, once each time; whether it is still worth it.
    func isHeldUp(by error: StateError) -> Bool {
        state.withLock { state in
            if !state.isHeldUp { (state.hindrance, state.isHeldUp) = (error, true) }
            return !state.isEnding
        }
    }

    /// Why the thread waits; `nil` where it does not, or where that was told.
    func takeHindrance() -> StateError? {
        state.withLock { state in
            defer { state.hindrance = nil }
            return state.hindrance
        }
    }

    /// Between checkpoints few spare chunks are kept: what the largest of them needed once is not needed for good.
    func report(_ result: Result<CheckpointOutcome, StateError>) {
        // Freed when the lock is open again: it takes the system a while.
        _ = state.withLock { state in
            (state.result, state.hindrance, state.isHeldUp) = (result, nil, false)
            let others = Array(state.spares.dropFirst(Self.sparesBetween))
            state.spares.removeLast(others.count)
            return others
        }
        results.signal()
    }

    /// The outcome of the commit under way; `nil` before it is known.
    func takeResult() -> Result<CheckpointOutcome, StateError>? {
        guard results.wait(timeout: .now()) == .success else { return nil }
        return taken()
    }

    /// The outcome of the commit under way, waited for; `nil` where none is.
    func waitForResult() -> Result<CheckpointOutcome, StateError>? {
        guard isCommitting else { return nil }
        results.wait()
        return taken()
    }

    private func taken() -> Result<CheckpointOutcome, StateError>? {
        state.withLock { state in
            defer { (state.result, state.isCommitting) = (nil, false) }
            return state.result
        }
    }

    private static func size(_ chunk: StateChunk) -> Int {
        chunk.bytes.count + chunk.rows.count * MemoryLayout<StateChunk.Row>.stride
    }
}
