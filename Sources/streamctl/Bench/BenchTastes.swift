import Model

/// Ratings of 1 to 5 by as many users and items as MovieLens 1M has, made of eight hidden tastes, two biases and noise,
/// by seeded dice: something to learn, and the same every time.
enum BenchTastes {
    static let users = 6_040
    static let items = 3_706

    static func ratings(_ count: Int, seed: UInt64 = 1) -> BatchRatings {
        var dice = Dice(seed: seed)
        let (ofUsers, ofItems) = (tastes(users, &dice), tastes(items, &dice))
        let (userBias, itemBias) = (normals(users, &dice), normals(items, &dice))
        var ratings = BatchRatings()
        ratings.reserveCapacity(count)
        for _ in 0..<count {
            // The product of dice makes low numbers frequent.
            let user = dice.below(users) * (1 + dice.below(4)) / 4
            let item = dice.below(items) * dice.below(items) / items
            let liking = (ofUsers[user] * ofItems[item]).sum()
            let value =
                3.5 + 0.4 * userBias[user] + 0.5 * itemBias[item] + 0.15 * liking + 0.85 * normal(&dice)
            ratings.append(
                user: UInt32(user), item: UInt32(item), rating: min(max(value.rounded(), 1), 5))
        }
        return ratings
    }

    /// The same as a file like MovieLens', seven seconds from one rating to the next.
    static func csv(_ count: Int) -> [UInt8] {
        let ratings = ratings(count)
        var bytes = Array("userId,movieId,rating,timestamp\n".utf8)
        bytes.reserveCapacity(count * 26)
        for row in 0..<count {
            let rating = Int(ratings.ratings[row])
            bytes +=
                "\(ratings.users[row] + 1),\(ratings.items[row] + 1),\(rating),\(1_000_000_000 + 7 * row)\n"
                .utf8
        }
        return bytes
    }

    private static func tastes(_ rows: Int, _ dice: inout Dice) -> [SIMD8<Float>] {
        (0..<rows).map { _ in
            var taste = SIMD8<Float>.zero
            for index in taste.indices { taste[index] = normal(&dice) }
            return taste
        }
    }

    private static func normals(_ rows: Int, _ dice: inout Dice) -> [Float] {
        (0..<rows).map { _ in normal(&dice) }
    }

    /// Near enough to a normal number of spread 1: the sum of twelve uniform ones.
    private static func normal(_ dice: inout Dice) -> Float {
        (0..<12).reduce(0) { sum, _ in sum + dice.around(0.5) }
    }
}
