import Events
import RatingFiles

/// Ratings of files that lie outside the scale of the settings.
struct OffScale: Equatable, Sendable {
    /// Rows looked at, views included.
    let rows: Int
    /// Those that are refused.
    private(set) var count = 0
    private var lowest = Float.infinity
    private var highest = -Float.infinity
    private let scale: ClosedRange<Double>

    /// What `events.rating_min` and `events.rating_max` may be.
    private static let settable: ClosedRange<Float> = -1_000_000...1_000_000

    init(_ columns: RatingColumns, rows: Range<Int>, rules: FieldRules) {
        self.rows = rows.count
        scale = rules.ratingMin...rules.ratingMax
        for row in rows where columns.action(row) == .rating {
            let rating = columns.ratings[row]
            (lowest, highest) = (min(lowest, rating), max(highest, rating))
            if !scale.contains(Double(rating)) { count += 1 }
        }
    }

    /// The settings with which no rating is off the scale, as far as they can be set.
    var mend: String {
        var options: [String] = []
        if Double(lowest) < scale.lowerBound {
            options.append("--set events.rating_min=\(Self.text(lowest))")
        }
        if Double(highest) > scale.upperBound {
            options.append("--set events.rating_max=\(Self.text(highest))")
        }
        return "Set the scale of these ratings, '\(options.joined(separator: " "))', and with it "
            + "model.positive_rating, from which on a rating counts as liked."
    }

    /// Where more than a tenth of the rows are refused, what is reported is not what the files say.
    var warning: String? {
        guard count * 10 > rows else { return nil }
        return "warning: \(counted(count, "rating")) of \(counted(rows, "row")) are off the scale of "
            + "\(Self.text(Float(scale.lowerBound))) to \(Self.text(Float(scale.upperBound))) and were refused; the "
            + "figures are of the rest. \(mend)"
    }

    private static func text(_ rating: Float) -> String {
        let rating = min(max(rating, settable.lowerBound), settable.upperBound)
        return rating == rating.rounded() ? "\(Int(rating))" : "\(rating)"
    }
}
