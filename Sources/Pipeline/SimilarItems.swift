/// Items whose list of neighbours is older than what was learned, in the order in which they became so.
struct SimilarItems {
    private var isQueued: [Bool] = []
    private var queue: [UInt32] = []

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

    /// The next few; they stay owed until `written`.
    func next(limit: Int) -> ArraySlice<UInt32> { queue.prefix(limit) }

    mutating func written(_ count: Int) {
        for item in queue.prefix(count) { isQueued[Int(item)] = false }
        queue.removeFirst(count)
    }
}
