/// How good the model was on events it had not yet seen: test, then learn.
package struct Quality: Equatable, Sendable, BitwiseCopyable {
    /// Ratings that were predicted before they were learned.
    package private(set) var ratings: UInt64 = 0
    private var squares: Double = 0
    private var absolutes: Double = 0
    /// Positives whose place in the user's list was looked up before they were learned.
    package private(set) var positives: UInt64 = 0
    private var hits: UInt64 = 0
    private var gain: Double = 0

    package init() {}

    /// Root mean squared error, in units of the rating; `nil` before the first.
    package var rmse: Double? { ratings == 0 ? nil : (squares / Double(ratings)).squareRoot() }

    /// Mean absolute error, in units of the rating; `nil` before the first.
    package var mae: Double? { ratings == 0 ? nil : absolutes / Double(ratings) }

    /// The share of judged positives that stood among the first ten; `nil` before the first.
    package var hitRatioAt10: Double? { positives == 0 ? nil : Double(hits) / Double(positives) }

    /// Normalised discounted cumulative gain of the first ten, with one relevant item: 1 / log₂(rank + 2).
    package var ndcgAt10: Double? { positives == 0 ? nil : gain / Double(positives) }

    mutating func note(rating: Float, expected: Float) {
        ratings += 1
        let miss = Double(rating - expected)
        squares += miss * miss
        absolutes += abs(miss)
    }

    /// `rank` counts from 0: how many candidates stood before the item.
    mutating func note(rank: Int) {
        positives += 1
        guard rank < 10 else { return }
        hits += 1
        gain += 1 / Curves.log2(Double(rank + 2))
    }
}
