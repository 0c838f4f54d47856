extension RatingTable {
    /// Of each user and item the last of the wanted rows, in rising order. In a table that is sorted by time that is
    /// the newest: what files say twice, or say anew, counts once.
    ///
    /// - Complexity: O(rows + users + items); 5 bytes a row while it runs.
    package func lastOfEachPair(where isWanted: (Int) -> Bool) -> [Int] {
        let byUser = rowsByUser()
        var isLast = [Bool](repeating: false, count: columns.count)
        // The user whose row on the item was met last.
        var metOf = [UInt32](repeating: .max, count: items.count)
        for row in byUser.reversed().lazy.map({ Int($0) }) where isWanted(row) {
            let (user, item) = (columns.users[row], Int(columns.items[row]))
            guard metOf[item] != user else { continue }
            metOf[item] = user
            isLast[row] = true
        }
        return isLast.indices.filter { isLast[$0] }
    }

    /// All rows, user by user, each user's in their order.
    private func rowsByUser() -> [UInt32] {
        var places = [Int](repeating: 0, count: users.count)
        for user in columns.users { places[Int(user)] += 1 }
        for user in places.indices.dropFirst() { places[user] += places[user - 1] }
        var rows = [UInt32](repeating: 0, count: columns.count)
        for row in columns.users.indices.reversed() {
            let user = Int(columns.users[row])
            places[user] -= 1
            rows[places[user]] = UInt32(row)
        }
        return rows
    }
}
