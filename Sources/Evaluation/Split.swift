import Model

/// How a file is parted into what is learned and what is held out.
package enum Split: Equatable, Sendable {
    /// The first part of the whole file by time.
    case temporal(Double)
    /// A part drawn by seeded dice.
    case drawn(Double, seed: UInt64)
    /// The first part of each user's events by time.
    case perUser(Double)
    /// All but each user's last event; users with one event are only learned.
    case leaveLastOut

    /// The rows to learn and those to hold out, both in rising order.
    ///
    /// - Parameter users: the user of each row, rows in the order of time.
    package func parts(users: [UInt32]) -> (learned: [Int], heldOut: [Int]) {
        let isLearned: [Bool]
        switch self {
        case .temporal(let share):
            let count = Self.part(share, of: users.count)
            isLearned = users.indices.map { $0 < count }
        case .drawn(let share, let seed):
            isLearned = Self.rows(share, of: users.count, seed: seed)
        case .perUser(let share):
            isLearned = Self.first(of: users) { Self.part(share, of: $0) }
        case .leaveLastOut:
            isLearned = Self.first(of: users) { max(1, $0 - 1) }
        }
        return (users.indices.filter { isLearned[$0] }, users.indices.filter { !isLearned[$0] })
    }

    /// A share of a count, rounded down; a billionth more, so that .29 of 100 is 29.
    private static func part(_ share: Double, of count: Int) -> Int {
        Int(share * Double(count) + 1e-9)
    }

    /// The first rows of each user, as many as `part` says of the user's count.
    private static func first(of users: [UInt32], part: (Int) -> Int) -> [Bool] {
        var counts = [Int](repeating: 0, count: Int(users.max() ?? 0) + 1)
        for user in users { counts[Int(user)] += 1 }
        var left = counts.map(part)
        return users.map { user in
            left[Int(user)] -= 1
            return left[Int(user)] >= 0
        }
    }

    /// Exactly so many rows, each as likely as any other: selection sampling.
    ///
    /// Source: Fan, Muller & Rezucha, JASA 57(298), 1962, doi:10.2307/2281647.
    private static func rows(_ share: Double, of count: Int, seed: UInt64) -> [Bool] {
        var dice = Dice(seed: seed)
        var left = part(share, of: count)
        return (0..<count).map { row in
            let isDrawn = left > 0 && dice.below(count - row) < left
            if isDrawn { left -= 1 }
            return isDrawn
        }
    }
}
