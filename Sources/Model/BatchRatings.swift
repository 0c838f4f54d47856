/// Ratings to be learned many times over: by row numbers of users and items, in no special order.
package struct BatchRatings: Equatable, Sendable {
    package private(set) var users: [UInt32] = []
    package private(set) var items: [UInt32] = []
    package private(set) var ratings: [Float] = []

    package init() {}

    package var count: Int { ratings.count }

    /// A rating that is no finite number is left out; the answer is `false`.
    @discardableResult
    package mutating func append(user: UInt32, item: UInt32, rating: Float) -> Bool {
        guard rating.isFinite else { return false }
        users.append(user)
        items.append(item)
        ratings.append(rating)
        return true
    }

    package mutating func reserveCapacity(_ count: Int) {
        users.reserveCapacity(count)
        items.reserveCapacity(count)
        ratings.reserveCapacity(count)
    }

    /// Takes ratings out at random, one in twenty and at most `heldOutMax`, for judging what is learned from the
    /// rest.
    package func split(seed: UInt64, heldOutMax: Int = 200_000) -> (
        learned: BatchRatings, heldOut: BatchRatings
    ) {
        var dice = Dice(seed: seed)
        let wanted = min(count / 20, heldOutMax)
        var (learned, heldOut) = (BatchRatings(), BatchRatings())
        learned.reserveCapacity(count - wanted)
        heldOut.reserveCapacity(wanted)
        for place in 0..<count {
            // As many are still wanted of so many that are left (Knuth's selection sampling).
            let takes = dice.below(count - place) < wanted - heldOut.count
            if takes {
                heldOut.append(user: users[place], item: items[place], rating: ratings[place])
            } else {
                learned.append(user: users[place], item: items[place], rating: ratings[place])
            }
        }
        return (learned, heldOut)
    }
}
