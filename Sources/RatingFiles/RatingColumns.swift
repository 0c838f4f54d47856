package import Events

/// Decoded rows, one array per field: 20 bytes a row.
package struct RatingColumns: Equatable, Sendable {
    /// Numbers into the pool of users.
    package private(set) var users: [UInt32] = []
    /// Numbers into the pool of items.
    package private(set) var items: [UInt32] = []
    /// On the file's own scale, always finite; how strong it was where the row is feedback, 1 if nothing says so.
    package private(set) var ratings: [Float] = []
    /// Within the years 1990 to 2099.
    package private(set) var timestampsMs: [Int64] = []
    /// What each row says was done; empty where all rows come from files of ratings alone.
    private var actions: [Action] = []

    package init() {}

    package var count: Int { users.count }

    /// What the row says was done.
    package func action(_ row: Int) -> Action { actions.isEmpty ? .rating : actions[row] }

    /// Whether rows may be something else than ratings.
    package var mayHoldFeedback: Bool { !actions.isEmpty }

    /// Takes the rows of the chunk and empties it.
    ///
    /// - Parameters:
    ///   - hasActions: the rows may be something else than ratings.
    ///   - expected: how many rows there will be in all, as far as is known, so that the arrays grow but once.
    mutating func append(_ chunk: inout RowChunk, hasActions: Bool, expected: Int) {
        let total = count + chunk.count
        if total > users.capacity || total > timestampsMs.capacity {
            reserveCapacity(max(total + RowChunk.capacity, expected > total ? expected : total + total / 4))
        }
        appendActions(
            hasActions ? Array(UnsafeBufferPointer(start: chunk.actions, count: chunk.count)) : [],
            rows: chunk.count)
        users.append(contentsOf: UnsafeBufferPointer(start: chunk.users, count: chunk.count))
        items.append(contentsOf: UnsafeBufferPointer(start: chunk.items, count: chunk.count))
        ratings.append(contentsOf: UnsafeBufferPointer(start: chunk.ratings, count: chunk.count))
        timestampsMs.append(contentsOf: UnsafeBufferPointer(start: chunk.timestampsMs, count: chunk.count))
        chunk.count = 0
    }

    /// Adds the rows of others behind these.
    ///
    /// - Parameters:
    ///   - users: for each number of a user there, the one here; `items`: the same of items.
    mutating func append(_ other: RatingColumns, users: [UInt32], items: [UInt32]) {
        appendActions(other.actions, rows: other.count)
        self.users.append(contentsOf: other.users.lazy.map { users[Int($0)] })
        self.items.append(contentsOf: other.items.lazy.map { items[Int($0)] })
        ratings += other.ratings
        timestampsMs += other.timestampsMs
    }

    /// Takes all rows of others, with their users' numbers moved on and at other times.
    mutating func append(
        _ others: RatingColumns, usersFrom first: UInt32, at otherTimeMs: (Int64) -> Int64
    ) {
        appendActions(others.actions, rows: others.count)
        users += others.users.map { $0 + first }
        items += others.items
        ratings += others.ratings
        timestampsMs += others.timestampsMs.map(otherTimeMs)
    }

    /// What was done in the rows that come next; nothing where all of them are ratings.
    private mutating func appendActions(_ others: [Action], rows: Int) {
        guard !actions.isEmpty || !others.isEmpty else { return }
        actions += Array(repeating: .rating, count: count - actions.count)
        actions += others.isEmpty ? Array(repeating: .rating, count: rows) : others
    }

    private mutating func reserveCapacity(_ rows: Int) {
        users.reserveCapacity(rows)
        items.reserveCapacity(rows)
        ratings.reserveCapacity(rows)
        timestampsMs.reserveCapacity(rows)
        users.preferHugePages()
        items.preferHugePages()
        ratings.preferHugePages()
        timestampsMs.preferHugePages()
    }
}

extension RatingColumns {
    /// The rows from the earliest to the latest; rows of one time keep their order.
    package consuming func sortedByTime() -> RatingColumns {
        let order = timeOrder()
        users = order.map { users[Int($0)] }
        items = order.map { items[Int($0)] }
        ratings = order.map { ratings[Int($0)] }
        timestampsMs = order.map { timestampsMs[Int($0)] }
        if !actions.isEmpty { actions = order.map { actions[Int($0)] } }
        return self
    }

    /// The row numbers from the earliest row to the latest; rows of one time keep their order.
    ///
    /// A radix sort of 11 bits a pass, as many passes as the span of the times needs (four for 34 years).
    ///
    /// - Complexity: O(rows); 24 bytes a row while it runs.
    package func timeOrder() -> [UInt32] {
        var order = (0..<UInt32(count)).map { $0 }
        guard let first = timestampsMs.min(), let last = timestampsMs.max(), first < last else {
            return order
        }
        var keys = timestampsMs.map { UInt64($0 - first) }
        var nextOrder = order
        var nextKeys = keys
        let bits = UInt64.bitWidth - UInt64(last - first).leadingZeroBitCount
        for shift in stride(from: 0, to: bits, by: 11) {
            var places = [Int](repeating: 0, count: 2049)
            for key in keys { places[Int(key >> UInt64(shift) & 2047) + 1] += 1 }
            for digit in 1...2048 { places[digit] += places[digit - 1] }
            for (key, row) in zip(keys, order) {
                let digit = Int(key >> UInt64(shift) & 2047)
                nextKeys[places[digit]] = key
                nextOrder[places[digit]] = row
                places[digit] += 1
            }
            swap(&keys, &nextKeys)
            swap(&order, &nextOrder)
        }
        return order
    }
}
