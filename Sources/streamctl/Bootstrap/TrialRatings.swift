import Events
import Model
import RatingFiles

/// What the trial learns and is judged by: the ratings that the training will know, each user's newest of each item.
struct TrialRatings {
    private(set) var ratings = BatchRatings()
    /// Rows that the core would refuse, by rule; told only where nothing is left.
    private(set) var refused: [(rule: Rule, count: UInt64)] = []
    /// Whether the core would refuse all rows.
    private(set) var nothingIsLeft = false

    /// - Parameters:
    ///   - table: in the order of time.
    ///   - nowMs: what lies too far behind it is refused.
    init(_ table: RatingTable, rules: FieldRules, nowMs: Int64) {
        let columns = table.columns
        let all = 0..<columns.count
        let rows = table.newestActs(in: all, rules: rules, arrivedMs: nowMs)
        ratings.reserveCapacity(rows.count)
        // An act that came after a rating took its place.
        for row in rows where columns.action(row) == .rating {
            ratings.append(user: columns.users[row], item: columns.items[row], rating: columns.ratings[row])
        }
        guard rows.isEmpty else { return }
        refused = table.refused(in: all, rules: rules, arrivedMs: nowMs)
        nothingIsLeft = refused.reduce(0) { $0 + $1.count } == UInt64(all.count)
    }
}
