import Model

/// Factors of users and items, 64 each, by seeded dice; a class, because the closure of a case can keep no table.
final class BenchFactors {
    static let factors = 64
    private(set) var users = FactorTable(factors: factors)
    private(set) var items = FactorTable(factors: factors)

    init(users: Int, items: Int, seed: UInt64 = 1) {
        var dice = Dice(seed: seed)
        for row in 0..<UInt32(users) {
            self.users.addZeros()
            self.users.fill(row, factors: Self.factors, reach: 0.5, dice: &dice)
        }
        for row in 0..<UInt32(items) {
            self.items.addZeros()
            self.items.fill(row, factors: Self.factors, reach: 0.5, dice: &dice)
        }
    }

    /// Where each row of users and of items stands.
    var rows: (users: [UnsafeMutablePointer<Float>], items: [UnsafeMutablePointer<Float>]) {
        (
            (0..<UInt32(users.count)).map { users[$0] }, (0..<UInt32(items.count)).map { items[$0] }
        )
    }
}
