/// How far predicted ratings were off, in units of the rating; `nil` before the first.
package struct RatingErrors: Equatable, Sendable, BitwiseCopyable {
    /// Ratings that were predicted before they were known.
    package private(set) var count: UInt64 = 0
    private var squares: Double = 0
    private var absolutes: Double = 0

    package init() {}

    /// Mean squared error.
    package var mse: Double? { count == 0 ? nil : squares / Double(count) }

    /// Root mean squared error.
    package var rmse: Double? { mse?.squareRoot() }

    /// Mean absolute error.
    package var mae: Double? { count == 0 ? nil : absolutes / Double(count) }

    package mutating func note(rating: Float, expected: Float) {
        count += 1
        let miss = Double(rating - expected)
        squares += miss * miss
        absolutes += abs(miss)
    }
}
