/// The scale of ratings that are all there: mean, spread and the two ends.
package struct BatchScale: Equatable, Sendable {
    package let mean: Double
    package let spread: Double
    package let lowest: Float
    package let highest: Float

    /// A rating never counts for more than this many spreads.
    private static let standardisedMax: Float = 5

    package init(_ ratings: [Float]) {
        guard !ratings.isEmpty else {
            (mean, spread, lowest, highest) = (0, 1, 0, 0)
            return
        }
        let mean = ratings.reduce(0.0) { $0 + Double($1) } / Double(ratings.count)
        let squares = ratings.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
        let spread = (squares / Double(ratings.count)).squareRoot()
        self.mean = mean
        self.spread = spread > 1e-6 && spread.isFinite ? spread : 1
        lowest = ratings.reduce(.infinity, min)
        highest = ratings.reduce(-.infinity, max)
    }

    /// The scale that a stream has shown.
    init(_ scale: RatingScale) {
        (mean, spread) = (scale.mean, scale.spread)
        (lowest, highest) = (scale.lowest, scale.highest)
    }

    func standardised(_ rating: Float) -> Float {
        min(max(Float((Double(rating) - mean) / spread), -Self.standardisedMax), Self.standardisedMax)
    }

    /// Back to the scale of the ratings, within its ends.
    func rating(_ standardised: Float) -> Float {
        min(max(Float(mean + spread * Double(standardised)), lowest), highest)
    }
}
