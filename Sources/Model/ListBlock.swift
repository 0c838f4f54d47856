import CKernels

/// The best items of each user of a block, found in one pass over the scores, which never leave the cache.
///
/// Order: higher scores first, of equal ones the lower row. `-infinity` and NaN never get in. Each user has a bar, the
/// score of the last item that is in; a lane above its bar is rare, about limit · ln(n / limit) times for n items in
/// no order, and at worst n times, when they come from the worst to the best.
package struct ListBlock: ~Copyable {
    package let limit: Int
    /// The worst score that is in, a user each.
    private var bars: AlignedFloats
    /// By user, a lead and the entries, as `freshet_lists` wants them.
    private var scores: AlignedFloats
    private let rows: UnsafeMutableBufferPointer<UInt32>
    private let room: Int
    private var chunk: AlignedFloats

    /// Rows that are scored before they are looked at: their scores take 8 KB of the nearest cache.
    private static let chunkRows = 64
    /// Where a list begins in its room.
    private static let lead = 16

    package init(limit: Int) {
        precondition(limit > 0)
        self.limit = limit
        let users = QueryBlock.usersMax
        room = Self.lead + (limit + 15) / 16 * 16
        bars = AlignedFloats(capacity: users)
        scores = AlignedFloats(capacity: users * room)
        chunk = AlignedFloats(capacity: users * Self.chunkRows)
        rows = UnsafeMutableRawBufferPointer.allocate(byteCount: users * room * 4, alignment: 64)
            .bindMemory(to: UInt32.self)
        rows.initialize(repeating: 0)
    }

    deinit { rows.deallocate() }

    /// Finds the best of all items for each user of `queries`, without those that `mask` hides from them. What was
    /// found before is forgotten.
    package mutating func find(
        in items: borrowing FactorTable, for queries: borrowing QueryBlock, hiding mask: borrowing ItemMask
    ) {
        precondition(mask.count >= items.count, "every item has a place in the mask")
        begin()
        var lists = freshet_lists(
            scores: scores.start, rows: rows.baseAddress, bars: bars.start, limit: limit)
        for first in stride(from: 0, to: items.count, by: Self.chunkRows) {
            let rows = first..<min(first + Self.chunkRows, items.count)
            queries.score(items, rows: rows, into: chunk.start)
            freshet_block_pick(chunk.start, rows.count, UInt32(first), mask.start, &lists)
        }
    }

    /// Hands on what was found for a user of the block, best first.
    package func forEach(of user: Int, _ body: (_ row: UInt32, _ score: Float) -> Void) {
        precondition(0..<QueryBlock.usersMax ~= user)
        let first = user * room + Self.lead
        for place in first..<first + limit where scores.start[place] > -.infinity {
            body(rows[place], scores.start[place])
        }
    }

    private func begin() {
        bars.start.update(repeating: -.infinity, count: QueryBlock.usersMax)
        scores.start.update(repeating: -.infinity, count: QueryBlock.usersMax * room)
        for user in 0..<QueryBlock.usersMax { scores.start[user * room + Self.lead - 1] = .infinity }
    }
}
