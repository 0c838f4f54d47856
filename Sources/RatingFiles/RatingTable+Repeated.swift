import Events

extension RatingTable {
    /// The same ratings so many times over, each time by other users, later than all before, and so much closer together
    /// that all of them take as long as the first did: a longer stream of the same kind, and none of it in the future.
    /// The rows must be in the order of their times.
    package func repeated(_ times: Int) -> RatingTable {
        precondition(times > 0 && times * columns.count <= Self.rowsMax, "too many rows")
        guard let first = columns.timestampsMs.first, let last = columns.timestampsMs.last else {
            return self
        }
        var table = self
        table.columns = RatingColumns()
        let people = users.count
        let spanMs = last - first + 1_000
        for time in 0..<times {
            for user in 0..<UInt32(time == 0 ? 0 : people) {
                var name = "\(users.id(user).text.prefix(100))-\(time)"
                name.withUTF8 { _ = table.users.intern($0) }
            }
            table.columns.append(columns, usersFrom: UInt32(time * people)) { timeMs in
                first + (timeMs - first + Int64(time) * spanMs) / Int64(times)
            }
        }
        return table
    }
}
