import Events
import RatingFiles

/// Whether the rating from which on an item counts as liked suits the ratings of files.
struct LikedScale: Equatable, Sendable {
    private let positiveRating: Float
    private var highest = -Float.infinity
    private(set) var ratings = 0
    private(set) var liked = 0

    /// Where people rate from 1 to 5, four fifths of the highest rating is a 4.
    private static let likedShare: Float = 0.8

    init(_ columns: RatingColumns, rows: Range<Int>, rules: FieldRules, positiveRating: Float) {
        self.positiveRating = positiveRating
        let scale = rules.ratingMin...rules.ratingMax
        for row in rows where columns.action(row) == .rating {
            let rating = columns.ratings[row]
            guard scale.contains(Double(rating)) else { continue }
            ratings += 1
            highest = max(highest, rating)
            if rating >= positiveRating { liked += 1 }
        }
    }

    /// Where nothing is liked, or a rating in the lower half of the scale is, lists are judged by what they were not
    /// made for.
    var warning: String? {
        let mend =
            "Say from which rating on they like an item: '--set model.positive_rating=\(Self.text(suggested))'."
        if ratings > 0, liked == 0 {
            return
                "warning: none of \(counted(ratings, "rating")) is \(Self.text(positiveRating)) or more, so none counts "
                + "as liked. \(mend)"
        }
        guard positiveRating > 0, highest >= 2 * positiveRating else { return nil }
        let share = Int((Double(liked) / Double(ratings) * 100).rounded())
        return
            "warning: the ratings go up to \(Self.text(highest)), and from \(Self.text(positiveRating)) on they count "
            + "as liked, which \(share) % of them do. \(mend)"
    }

    private var suggested: Float { highest > 0 ? (highest * Self.likedShare * 10).rounded() / 10 : highest }

    private static func text(_ rating: Float) -> String {
        rating == rating.rounded() && rating.magnitude < 1e9 ? "\(Int(rating))" : "\(rating)"
    }
}
