import Events

extension RatingTable {
    /// The same ratings so many times over, each time by other users, later than all before: a longer stream of the same
    /// kind. The rows must be in the order of their times.
    package func repeated(_ times: Int) -> RatingTable {
        precondition(times > 0 && times * columns.count <= Self.rowsMax, "too many rows")
        guard let first = columns.timestampsMs.first, let last = columns.timestampsMs.last else {
            return self
        }
        var table = self
        let people = users.count
        for time in 1..<max(1, times) {
            for user in 0..<UInt32(people) {
                var name = "\(users.id(user).text.prefix(100))-\(time)"
                name.withUTF8 { _ = table.users.intern($0) }
            }
            let shiftMs = Int64(time) * (last - first + 1_000)
            table.columns.append(columns, usersFrom: UInt32(time * people), laterMs: shiftMs)
        }
        return table
    }
}
