import Events
import Pipeline

/// Writes everything that a core owes to the list store, at once: the lists of all users, those for nobody in
/// particular, and the neighbours of items.
struct ListWriting {
    struct Outcome: Equatable, Sendable {
        /// Lists of users.
        var lists = 0
        var neighbours = 0
        /// Why not everything could be written.
        var trouble: String?
    }

    /// How long a store that is away is waited for.
    var patienceMs: Int64 = 10_000

    /// Users, or items, of one pipeline.
    private static let limit = 1_000

    /// Retry rule: a batch that failed is made again as long as anything succeeds within `patienceMs`; every write is
    /// idempotent.
    func write(
        _ core: inout Core, to store: inout some ListSink & ~Copyable, shouldStop: () -> Bool,
        onProgress: (Int) -> Void
    ) throws(CommandFailure) -> Outcome {
        var outcome = Outcome()
        var batch = ListBatch()
        var link = Link.up
        var failingSinceMs: Int64?
        while !shouldStop() {
            let nowMs = Clock.nowMs()
            guard link.allowsTry(nowMs: nowMs) else {
                Clock.rest(ms: 20)
                continue
            }
            var isOwed = core.makeLists(limit: Self.limit, nowMs: nowMs, into: &batch)
            if !isOwed { isOwed = core.makeNeighbours(limit: Self.limit, into: &batch) }
            guard isOwed else { return outcome }
            do throws(Trouble) {
                let gone = try store.write(batch.writes, generatedAtMs: nowMs)
                core.listsWritten(batch, gone: gone, nowMs: nowMs) { _ in }
            } catch {
                core.listsFailed(batch)
                guard error.cure == .tryAgain else { throw CommandFailure(.failed, error.message) }
                let sinceMs = failingSinceMs ?? nowMs
                guard nowMs - sinceMs < patienceMs else {
                    outcome.trouble = error.message
                    return outcome
                }
                failingSinceMs = sinceMs
                link.failed(nowMs: nowMs)
                continue
            }
            link.succeeded()
            failingSinceMs = nil
            outcome.lists += batch.lists
            outcome.neighbours += batch.similar
            onProgress(outcome.lists)
        }
        outcome.trouble = "it was stopped."
        return outcome
    }
}
