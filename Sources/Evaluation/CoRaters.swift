/// Who acted on which item, to tell how far apart two items are.
struct CoRaters {
    /// User rows, by item row.
    private var users: [[UInt32]] = []
    /// The item that was looked at last by each user's row, so that no set is built.
    private var marks: [UInt64] = []
    private var mark: UInt64 = 0

    mutating func note(user: UInt32, item: UInt32) {
        while users.count <= Int(item) { users.append([]) }
        while marks.count <= Int(user) { marks.append(0) }
        users[Int(item)].append(user)
    }

    /// Mean of 1 − |A ∩ B| / √(|A|·|B|) over all pairs of the items; `nil` for fewer than two. Items are those that
    /// somebody acted on.
    ///
    /// Cost: each item's users are read once for each item before it.
    mutating func meanDistance(_ items: [UInt32]) -> Double? {
        guard items.count > 1 else { return nil }
        var sum = 0.0
        for (place, item) in items.enumerated().dropLast() {
            mark += 1
            for user in users[Int(item)] { marks[Int(user)] = mark }
            for other in items[(place + 1)...] {
                let both = users[Int(other)].count { marks[Int($0)] == mark }
                let sizes = Double(users[Int(item)].count) * Double(users[Int(other)].count)
                sum += 1 - Double(both) / sizes.squareRoot()
            }
        }
        return sum / Double(items.count * (items.count - 1) / 2)
    }
}
