import Model

/// Why users like what they like: a few latent factors of each user and each item, and how well either is rated by
/// everybody. Ratings and choices follow from these, so a model that finds them predicts better than one that does not.
struct Tastes: Sendable {
    private let dimensions: Int
    /// By user, then by dimension; the last of each row is the user's own level.
    private let users: [Float]
    private let items: [Float]

    init(users: Int, items: Int, dimensions: Int, dice: inout Dice) {
        self.dimensions = dimensions
        self.users = Self.rows(users, dimensions, &dice)
        self.items = Self.rows(items, dimensions, &dice)
    }

    private static func rows(_ count: Int, _ dimensions: Int, _ dice: inout Dice) -> [Float] {
        (0..<count * (dimensions + 1)).map { _ in Float(dice.normal()) }
    }

    /// How much an item is to a user's taste: about normal with standard deviation 1.
    func affinity(user: Int, item: Int) -> Float {
        product(users, user, items, item)
    }

    /// How alike two items are, likewise.
    func likeness(_ item: Int, _ other: Int) -> Float {
        product(items, item, items, other)
    }

    /// What a user gives an item in stars, from 0.5 to 5 in halves.
    func rating(user: Int, item: Int, noise: Float) -> Float {
        let width = dimensions + 1
        let levels = 0.3 * users[user * width + dimensions] + 0.4 * items[item * width + dimensions]
        let stars = 3.5 + levels + 0.6 * affinity(user: user, item: item) + noise
        return min(5, max(0.5, (stars * 2).rounded() / 2))
    }

    private func product(_ left: [Float], _ row: Int, _ right: [Float], _ column: Int) -> Float {
        let width = dimensions + 1
        var sum: Float = 0
        for index in 0..<dimensions { sum += left[row * width + index] * right[column * width + index] }
        return sum / Float(dimensions).squareRoot()
    }
}
