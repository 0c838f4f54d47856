/// One look at a user and an item: the parts of a prediction, kept for the learning that may follow.
struct RatingLook {
    /// b_u + b_i.
    var base: Double
    /// p·q.
    var match: Double
    var taste: TasteRegression.Sight
    /// What is left of the sittings' sums at this time.
    var fading: (Float, Float)
    /// What the stack adds.
    var correction = 0.0

    var total: Double { base + match + correction }

    /// What the stack looks at: the parts, the same shrunk by how often each row was seen, and the sitting.
    func features(user u: RatingUser, item i: RatingItem) -> LeastSquares.Features {
        let (bu, bi) = (Double(u.bias), Double(i.bias))
        let (newU, newI) = (2 / (Double(u.count) + 2), 2 / (Double(i.count) + 2))
        let (logU, logI) = (0.2 * Double(u.logCount), 0.2 * Double(i.logCount))
        let short = Self.means(u.sittings.0, fading: fading.0)
        let long = Self.means(u.sittings.1, fading: fading.1)
        return [
            1, bu, bi, match, Double(taste.expected) - bu, bu * (1 - newU), bi * (1 - newI), bi * (1 - newU),
            bu * (1 - newI), newU, newI, logU, logI, logU * logI, bu * bu, bu * bi,
            Double(i.recentMiss), Double(i.raters), Double(u.recentMiss),
            short.miss, long.miss, short.itemBias, long.itemBias, long.weight,
        ]
    }

    /// The means of a sitting, shrunk by one event; how much of it there is, from 0 to 1.
    private static func means(
        _ sitting: RatingUser.Sitting, fading: Float
    ) -> (miss: Double, itemBias: Double, weight: Double) {
        let count = sitting.count * fading
        return (
            Double(sitting.misses * fading / (count + 1)), Double(sitting.itemBiases * fading / (count + 1)),
            Double(count / (count + 1))
        )
    }
}
