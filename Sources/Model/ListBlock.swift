import CKernels

/// The best items of each user of a block, found in one pass over the scores.
///
/// Order: higher scores first, of equal ones the lower row. `-infinity` and NaN never get in. Each user has a bar, the
/// score of the last item that is in; a score above its bar is rare, about limit · ln(n / limit) of n in no order, and
/// at worst all of them, when they come from the worst to the best.
package struct ListBlock: ~Copyable {
    package let limit: Int
    /// The worst score that is in, a user each.
    private var bars: AlignedFloats
    /// By user, a lead and the entries, as `freshet_lists` wants them.
    private var scores: AlignedFloats
    private let rows: UnsafeMutableBufferPointer<UInt32>
    private let room: Int

    /// Where a list begins in its room.
    private static let lead = 16

    package init(limit: Int) {
        precondition(limit > 0)
        self.limit = limit
        let users = QueryBlock.usersMax
        room = Self.lead + (limit + 15) / 16 * 16
        bars = AlignedFloats(capacity: users)
        scores = AlignedFloats(capacity: users * room)
        rows = UnsafeMutableRawBufferPointer.allocate(byteCount: users * room * 4, alignment: 64)
            .bindMemory(to: UInt32.self)
        rows.initialize(repeating: 0)
    }

    deinit { rows.deallocate() }

    /// Forgets what was found.
    mutating func removeAll() {
        bars.start.update(repeating: -.infinity, count: QueryBlock.usersMax)
        scores.start.update(repeating: -.infinity, count: QueryBlock.usersMax * room)
        for user in 0..<QueryBlock.usersMax { scores.start[user * room + Self.lead - 1] = .infinity }
    }

    /// Takes in scores of all users of the block for some items: item r of `rows` and user u at
    /// r · `QueryBlock.usersMax` + u. Items must come in rising order.
    mutating func take(
        _ chunk: UnsafePointer<Float>, rows: Range<Int>, hiding mask: borrowing ItemMask
    ) {
        withLists { freshet_block_pick(chunk, rows.count, UInt32(rows.lowerBound), mask.start, &$0) }
    }

    /// Takes in scores of one user for some items, one behind the other; what comes up to the next multiple of 16 is
    /// read and left out.
    mutating func take(
        _ chunk: UnsafePointer<Float>, rows: Range<Int>, of user: Int, hiding mask: borrowing ItemMask
    ) {
        withLists { freshet_pick(chunk, rows.count, UInt32(rows.lowerBound), mask.start, user, &$0) }
    }

    /// Hands on what was found for a user of the block, best first.
    package func forEach(of user: Int, _ body: (_ row: UInt32, _ score: Float) -> Void) {
        precondition(0..<QueryBlock.usersMax ~= user)
        let first = user * room + Self.lead
        for place in first..<first + limit where scores.start[place] > -.infinity {
            body(rows[place], scores.start[place])
        }
    }

    private mutating func withLists(_ body: (inout freshet_lists) -> Void) {
        var lists = freshet_lists(
            scores: scores.start, rows: rows.baseAddress, bars: bars.start, limit: limit)
        body(&lists)
    }
}
