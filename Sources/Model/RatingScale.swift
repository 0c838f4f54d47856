/// The scale of the ratings as the stream shows it: mean, spread and the two ends, by Welford's method.
///
/// All learning happens in standardised units, y = (rating − mean) / spread, so that one set of rates suits stars,
/// percentages and points of ten alike.
package struct RatingScale: Equatable, Sendable, BitwiseCopyable {
    package private(set) var count: Double = 0
    package private(set) var mean: Double = 0
    package private(set) var spread: Double = 1
    private var squares: Double = 0
    package private(set) var lowest: Float = .infinity
    package private(set) var highest: Float = -.infinity

    /// From here on an outlier is brought to within `outlierSpreads` before it moves the scale.
    private static let countBeforeClamping = 50.0
    private static let outlierSpreads = 6.0
    /// A rating never counts for more than this many spreads.
    private static let standardisedMax: Float = 5

    package init() {}

    func standardised(_ rating: Float) -> Float {
        min(max(Float((Double(rating) - mean) / spread), -Self.standardisedMax), Self.standardisedMax)
    }

    /// Without the bounds: what a prediction should have given.
    func offset(_ rating: Float) -> Double {
        (Double(rating) - mean) / spread
    }

    /// Back to the scale of the ratings, within its ends.
    func rating(_ standardised: Double) -> Float {
        min(max(Float(mean + spread * standardised), lowest), highest)
    }

    /// Moves the scale; the first few ratings lean on the width of the scale, as if a third of it were the spread.
    mutating func learn(_ rating: Float) {
        var value = Double(rating)
        if count >= Self.countBeforeClamping {
            let reach = Self.outlierSpreads * spread
            value = min(max(value, mean - reach), mean + reach)
        }
        lowest = min(lowest, Float(value))
        highest = max(highest, Float(value))
        count += 1
        let before = value - mean
        mean += before / count
        squares += before * (value - mean)
        let third = Double(highest - lowest) / 3
        let fresh = ((squares + 5 * third * third) / (count + 5)).squareRoot()
        spread = fresh > 1e-6 && fresh.isFinite ? fresh : 1
    }
}
