/// Which rows of a table changed since the last checkpoint began, and which of that checkpoint's rows are still to be
/// copied out. Two bits a row.
///
/// It is asked several times for every event that is learned, so both bits of a row lie side by side, in memory that
/// nobody else can hold.
struct ChangeLog: ~Copyable {
    /// For 64 rows each two words: who changed, then who is owed.
    private var words = UnsafeMutablePointer<UInt64>.allocate(capacity: 0)
    /// Pairs of words.
    private var count = 0
    private(set) var owedCount = 0
    /// No owed row stands in a pair before this one.
    private var cursor = 0

    deinit { words.deallocate() }

    /// Notes that a row is about to change; whether it must be copied out first.
    @inline(__always)
    mutating func willChange(_ row: Int) -> Bool {
        let (pair, bit) = (row >> 6, UInt64(1) << UInt64(row & 63))
        if pair >= count { grow(to: pair) }
        let both = words + 2 * pair
        both[0] |= bit
        guard both[1] & bit != 0 else { return false }
        both[1] &= ~bit
        owedCount -= 1
        return true
    }

    /// A checkpoint begins: what changed until now is owed.
    mutating func begin() {
        precondition(owedCount == 0, "the checkpoint before is still being copied")
        for pair in 0..<count {
            let both = words + 2 * pair
            both[1] = both[0]
            both[0] = 0
            owedCount += both[1].nonzeroBitCount
        }
        cursor = 0
    }

    /// The next row that is owed, in rising order; it is not owed any more.
    mutating func takeOwed() -> Int? {
        guard owedCount > 0 else { return nil }
        while words[2 * cursor + 1] == 0 { cursor += 1 }
        let owed = words[2 * cursor + 1]
        words[2 * cursor + 1] = owed & (owed - 1)
        owedCount -= 1
        return cursor << 6 | owed.trailingZeroBitCount
    }

    private mutating func grow(to pair: Int) {
        let grown = max(pair + 1, count * 2)
        let more = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * grown)
        more.initialize(from: words, count: 2 * count)
        (more + 2 * count).initialize(repeating: 0, count: 2 * (grown - count))
        words.deallocate()
        (words, count) = (more, grown)
    }
}
