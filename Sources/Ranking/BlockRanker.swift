package import Model

/// The exact best items of many users by the product of their factors, in blocks of 32 users that read the items once.
///
/// For what ranks everybody: the lists after a batch training, and models whose score is a product. The result is that
/// of scoring each user alone and sorting, in every bit and in the order of equals.
package struct BlockRanker: ~Copyable {
    private var block: ProductBlock
    private var list: [TopSelection.Choice] = []

    /// - Parameters:
    ///   - stride: that of the tables, which have as many factors.
    ///   - limit: items of a list at most.
    package init(stride: Int, limit: Int) {
        block = ProductBlock(stride: stride, limit: limit)
        list.reserveCapacity(limit)
    }

    /// Ranks all `items` for each of `users`.
    ///
    /// - Parameters:
    ///   - users: rows of `queries`, in any order.
    ///   - unavailable: items that nobody gets.
    ///   - exclude: tells which items the user must not get, such as those already rated; each as often as it likes.
    ///   - take: is given each user's list in the order of `users`, best first, of equals the lower row.
    package mutating func rank(
        _ users: [UInt32], of queries: borrowing FactorTable, over items: borrowing FactorTable,
        unavailable: [UInt32], exclude: (_ user: UInt32, _ hide: (UInt32) -> Void) -> Void,
        _ take: (_ user: UInt32, _ list: [TopSelection.Choice]) -> Void
    ) {
        for first in stride(from: 0, to: users.count, by: QueryBlock.usersMax) {
            let some = users[first..<min(first + QueryBlock.usersMax, users.count)]
            block.queries.removeAll()
            block.mask.showAll(count: items.count)
            for (lane, user) in some.enumerated() {
                block.queries.add(queries[user])
                exclude(user) { block.mask.hide($0, from: lane) }
            }
            for item in unavailable { block.mask.hide(item) }
            block.find(in: items)
            for (lane, user) in some.enumerated() {
                list.removeAll(keepingCapacity: true)
                block.lists.forEach(of: lane) { list.append(TopSelection.Choice(row: $0, score: $1)) }
                take(user, list)
            }
        }
    }
}
