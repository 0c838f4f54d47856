/// How good the model was on events it had not yet seen: test, then learn. Figures are `nil` before the first event
/// that they need.
///
/// It is kept as it lies in memory.
package struct Quality: Equatable, Sendable, BitwiseCopyable {
    private var errors = RatingErrors()
    private var hits = Hits()

    package init() {}

    /// Ratings that were predicted before they were learned.
    package var ratings: UInt64 { errors.count }
    package var rmse: Double? { errors.rmse }
    package var mae: Double? { errors.mae }

    /// Positives whose place in the user's list was looked up before they were learned.
    package var positives: UInt64 { hits.count }
    /// The share of these that stood among the first ten.
    package var hitRatioAt10: Double? { hits.ratio }
    package var ndcgAt10: Double? { hits.ndcg }

    mutating func note(rating: Float, expected: Float) {
        errors.note(rating: rating, expected: expected)
    }

    /// `rank` counts from 0: how many candidates stood before the item.
    mutating func note(rank: Int) {
        hits.note(rank: rank, first: 10)
    }
}
