/// Which rows of a table changed since the last checkpoint began, and which of that checkpoint's rows are still to be
/// copied out. Two bits a row.
struct ChangeLog {
    private var changed: [UInt64] = []
    private var owed: [UInt64] = []
    private(set) var owedCount = 0
    /// No owed row stands in a word before this one.
    private var cursor = 0

    /// Notes that a row is about to change; whether it must be copied out first.
    @inline(__always)
    mutating func willChange(_ row: Int) -> Bool {
        let (word, bit) = (row >> 6, UInt64(1) << UInt64(row & 63))
        if word >= changed.count { grow(to: word) }
        changed[word] |= bit
        guard owedCount > 0, owed[word] & bit != 0 else { return false }
        owed[word] &= ~bit
        owedCount -= 1
        return true
    }

    /// A checkpoint begins: what changed until now is owed.
    mutating func begin() {
        precondition(owedCount == 0, "the checkpoint before is still being copied")
        swap(&changed, &owed)
        for word in changed.indices { changed[word] = 0 }
        owedCount = owed.reduce(0) { $0 + $1.nonzeroBitCount }
        cursor = 0
    }

    /// The next row that is owed, in rising order; it is not owed any more.
    mutating func takeOwed() -> Int? {
        guard owedCount > 0 else { return nil }
        while owed[cursor] == 0 { cursor += 1 }
        let bit = owed[cursor].trailingZeroBitCount
        owed[cursor] &= owed[cursor] - 1
        owedCount -= 1
        return cursor << 6 | bit
    }

    private mutating func grow(to word: Int) {
        let zeros = repeatElement(UInt64(0), count: max(word + 1, changed.count * 2) - changed.count)
        changed += zeros
        owed += zeros
    }
}
