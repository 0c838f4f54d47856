/// The best items of each user of a block by the product of their factors, and nothing else.
package struct ProductBlock: ~Copyable {
    package var queries: QueryBlock
    package var mask = ItemMask()
    package private(set) var lists: ListBlock
    private var chunk = AlignedFloats(capacity: QueryBlock.usersMax * chunkRows)

    /// Items that are scored before they are looked at: their scores take 8 KB of the nearest cache.
    private static let chunkRows = 64

    /// - Parameters:
    ///   - stride: that of the items' table.
    ///   - limit: items of a list at most.
    package init(stride: Int, limit: Int) {
        queries = QueryBlock(stride: stride)
        lists = ListBlock(limit: limit)
    }

    /// Finds the best of all items for each user of `queries`, without those that `mask` hides from them. What was
    /// found before is forgotten.
    package mutating func find(in items: borrowing FactorTable) {
        precondition(mask.count >= items.count, "every item has a place in the mask")
        lists.removeAll()
        for first in stride(from: 0, to: items.count, by: Self.chunkRows) {
            let rows = first..<min(first + Self.chunkRows, items.count)
            queries.score(items, rows: rows, into: chunk.start)
            lists.take(chunk.start, rows: rows, hiding: mask)
        }
    }
}
