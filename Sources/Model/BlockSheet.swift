import CKernels

/// Room in which the lists of up to 32 users are worked out at once, kept from one block to the next so that nothing is
/// allocated.
///
/// For each user evidence is gathered over all items first; then items are scored a chunk at a time, for all users at
/// once, and forgotten. Memory: 4 bytes for each user of the block and item, and 4 an item.
package struct BlockSheet: ~Copyable {
    var queries: QueryBlock
    /// What of the items' traits each user likes.
    var likingQueries = QueryBlock(stride: ItemTraits.floats)
    var lists: ListBlock
    var mask = ItemMask()
    /// By user, whole lanes of items each.
    var evidence = AlignedFloats()
    var query = AlignedFloats()
    var terms = ItemTerms()
    var newcomers = NewcomerBlock()
    let context = RowGroup()
    /// The acts that speak, by user.
    var shares = [[RankingHead.Share]](repeating: [], count: QueryBlock.usersMax)
    private var chunk = AlignedFloats(capacity: QueryBlock.usersMax * chunkRows)
    private var turned = AlignedFloats(capacity: QueryBlock.usersMax * chunkRows)
    private var liking = AlignedFloats(capacity: QueryBlock.usersMax * chunkRows)
    private var items = 0

    /// Items that are scored at once: the scores of all users take 16 KB.
    private static let chunkRows = 128
    /// What the evidence of a block may take, in floats: fewer users share a block of a very large catalog.
    private static let evidenceMax = 16 << 20

    /// - Parameters:
    ///   - factors: those of the model's vectors.
    ///   - limit: items of a list at most.
    package init(factors: Int, limit: Int) {
        queries = QueryBlock(stride: FactorTable(factors: factors).stride)
        lists = ListBlock(limit: limit)
    }

    /// How many users to rank at once.
    package static func users(items: Int) -> Int {
        max(1, min(QueryBlock.usersMax, evidenceMax / max(1, items)))
    }

    /// The item will not be chosen for the user in this lane.
    package mutating func hide(_ row: UInt32, from user: Int) { mask.hide(row, from: user) }

    /// The item will not be chosen for anybody.
    package mutating func hide(_ row: UInt32) { mask.hide(row) }

    /// Hands on what was found for the user in this lane, best first.
    package func forEach(of user: Int, _ body: (_ row: UInt32, _ score: Float) -> Void) {
        lists.forEach(of: user, body)
    }

    mutating func begin(users: Int, items: Int) {
        self.items = items
        queries.removeAll()
        likingQueries.removeAll()
        mask.showAll(count: items)
        evidence.reset(count: users * evidenceStride)
    }

    func evidence(of user: Int) -> UnsafeMutablePointer<Float> { evidence.start + user * evidenceStride }

    /// Scores every item by the two products, `finish`es some scores of one user at a time, and keeps the best.
    ///
    /// - Parameter traitsLiked: how many floats of the traits the users' queries look at, from the first on.
    mutating func find(
        in vectors: borrowing FactorTable, traits: borrowing FactorTable, traitsLiked: Int,
        finish: (
            _ scores: UnsafeMutablePointer<Float>, _ evidence: UnsafePointer<Float>,
            _ liking: UnsafePointer<Float>, _ rows: Range<Int>, _ terms: borrowing ItemTerms
        ) -> Void
    ) {
        lists.removeAll()
        newcomers.begin(users: queries.count)
        for first in stride(from: 0, to: items, by: Self.chunkRows) {
            let rows = first..<min(first + Self.chunkRows, items)
            score(likingQueries, traits, rows, floats: traitsLiked, into: liking.start)
            score(queries, vectors, rows, floats: vectors.stride, into: turned.start)
            let newcomersHere = newcomers.places(in: rows)
            for user in 0..<queries.count {
                let scores = turned.start + user * Self.chunkRows
                let liking = liking.start + user * Self.chunkRows
                finish(scores, evidence(of: user) + first, liking, rows, terms)
                newcomers.note(
                    newcomersHere, of: user, first: first, scores: scores, liking: liking, hiding: mask)
                lists.take(scores, rows: rows, of: user, hiding: mask)
            }
        }
    }

    /// The products of all users with some items, one user behind the other.
    private func score(
        _ queries: borrowing QueryBlock, _ table: borrowing FactorTable, _ rows: Range<Int>, floats: Int,
        into turned: UnsafeMutablePointer<Float>
    ) {
        queries.score(table, rows: rows, floats: floats, into: chunk.start)
        freshet_block_turn(chunk.start, (rows.count + 15) / 16 * 16, turned, Self.chunkRows)
    }

    private var evidenceStride: Int { (items + 15) / 16 * 16 }
}
