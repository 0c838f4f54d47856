/// The scale of the ratings as the stream shows it: mean, spread and the two ends, by Welford's method.
///
/// All learning happens in standardised units, y = (rating − mean) / spread, so that one set of rates suits stars,
/// percentages and points of ten alike.
package struct RatingScale: Equatable, Sendable {
    package private(set) var count: Double = 0
    package private(set) var mean: Double = 0
    private var squares: Double = 0
    package private(set) var lowest: Float = .infinity
    package private(set) var highest: Float = -.infinity

    package init() {}

    /// Never below 0.001, so that constant ratings divide by something.
    package var spread: Double {
        count < 2 ? 1 : max(0.001, ((squares + 1) / count).squareRoot())
    }

    func standardised(_ rating: Float) -> Float {
        Float((Double(rating) - mean) / spread)
    }

    /// Back to the scale of the ratings, within its ends. Before the first rating: 0.
    func rating(_ standardised: Double) -> Float {
        guard count > 0 else { return 0 }
        return min(max(Float(mean + spread * standardised), lowest), highest)
    }

    mutating func learn(_ rating: Float) {
        count += 1
        let before = Double(rating) - mean
        mean += before / count
        squares += before * (Double(rating) - mean)
        lowest = min(lowest, rating)
        highest = max(highest, rating)
    }
}
