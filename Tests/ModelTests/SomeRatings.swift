import Model

/// Ratings by people with tastes: two hidden factors and a bias on each side, and some noise.
enum SomeRatings {
    static func make(_ count: Int, users: Int = 600, items: Int = 400, seed: UInt64 = 1) -> BatchRatings {
        var dice = Dice(seed: seed)
        func tastes(_ rows: Int) -> [SIMD4<Float>] {
            (0..<rows).map { _ in
                SIMD4(dice.around(1.2), dice.around(1.2), dice.around(0.7), 0)
            }
        }
        let (ofUsers, ofItems) = (tastes(users), tastes(items))
        var ratings = BatchRatings()
        for _ in 0..<count {
            let user = dice.below(users)
            // A few items are rated far more often than others.
            let item = dice.below(items) * dice.below(items) / items
            let (a, b) = (ofUsers[user], ofItems[item])
            let liking = a[0] * b[0] + a[1] * b[1] + a[2] + b[2]
            ratings.append(
                user: UInt32(user), item: UInt32(item), rating: 3 + liking + dice.around(0.87))
        }
        return ratings
    }
}
