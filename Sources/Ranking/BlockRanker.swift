package import Model

/// The exact best items of many users by the product of their factors, in blocks of 32 users that read the items once.
///
/// For what ranks everybody: the lists after a batch training, and models whose score is a product. The result is that
/// of scoring each user alone and sorting, in every bit and in the order of equals.
package struct BlockRanker: ~Copyable {
    private var lists: ListBlock
    private var mask = ItemMask()

    /// - Parameter limit: items of a list at most.
    package init(limit: Int) {
        lists = ListBlock(limit: limit)
    }

    /// Ranks all `items` for each of `users`.
    ///
    /// - Parameters:
    ///   - users: rows of `queries`, in any order.
    ///   - queries: the users' factors, as many a row as the items have.
    ///   - unavailable: items that nobody gets.
    ///   - exclude: tells which items the user must not get, such as those already rated; each as often as it likes.
    ///   - take: is given each user's list in the order of `users`, best first, of equals the lower row.
    package mutating func rank(
        _ users: [UInt32], of queries: borrowing FactorTable, over items: borrowing FactorTable,
        unavailable: Set<UInt32>, exclude: (_ user: UInt32, _ hide: (UInt32) -> Void) -> Void,
        _ take: (_ user: UInt32, _ list: [TopSelection.Choice]) -> Void
    ) {
        var block = QueryBlock(stride: items.stride)
        var list: [TopSelection.Choice] = []
        list.reserveCapacity(lists.limit)
        for first in stride(from: 0, to: users.count, by: QueryBlock.usersMax) {
            let some = users[first..<min(first + QueryBlock.usersMax, users.count)]
            block.removeAll()
            mask.showAll(count: items.count)
            for (lane, user) in some.enumerated() {
                block.add(queries[user])
                exclude(user) { mask.hide($0, from: lane) }
            }
            for item in unavailable { mask.hide(item) }
            lists.find(in: items, for: block, hiding: mask)
            for (lane, user) in some.enumerated() {
                list.removeAll(keepingCapacity: true)
                lists.forEach(of: lane) { list.append(TopSelection.Choice(row: $0, score: $1)) }
                take(user, list)
            }
        }
    }
}
