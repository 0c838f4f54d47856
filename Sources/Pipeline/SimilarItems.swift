/// Items whose list of neighbours is older than what was learned, in the order in which they became so.
///
/// They change slowly, and users come first: so many a second are written, a few at a time, because all of a second's
/// at once would hold up the lists of users for tens of milliseconds.
struct SimilarItems {
    private var isQueued: [Bool] = []
    private var queue: [UInt32] = []
    private var lastMs: Int64?
    /// Of the items that there were when all lists were last marked.
    private var revision: UInt64?

    private static let perSecond: Int64 = 1_000
    private static let atOnce: Int64 = 16

    var isOwed: Bool { !queue.isEmpty }

    mutating func mark(_ item: UInt32) {
        while isQueued.count <= Int(item) { isQueued.append(false) }
        guard !isQueued[Int(item)] else { return }
        isQueued[Int(item)] = true
        queue.append(item)
    }

    /// The server lost what was written: every item that ever had neighbours is owed again.
    mutating func markAll(below count: Int) {
        for item in 0..<UInt32(count) { mark(item) }
    }

    /// Marks all where items came, went or may not be listed any more: nobody knows on which lists they stand.
    mutating func follow(_ revision: UInt64, below count: Int) {
        guard self.revision != revision else { return }
        self.revision = revision
        markAll(below: count)
    }

    /// Those whose turn it is by the clock; they stay owed until `written`.
    mutating func due(nowMs: Int64) -> ArraySlice<UInt32> {
        let passedMs = min(max(0, nowMs - (lastMs ?? nowMs - 1)), 1_000)
        let count = min(passedMs * Self.perSecond / 1_000, Self.atOnce)
        if count > 0 { lastMs = nowMs }
        return queue.prefix(Int(count))
    }

    /// The next few, whatever the clock says, for when nobody waits; they stay owed until `written`.
    func next(limit: Int) -> ArraySlice<UInt32> { queue.prefix(limit) }

    mutating func written(_ count: Int) {
        for item in queue.prefix(count) { isQueued[Int(item)] = false }
        queue.removeFirst(count)
    }
}
