import Events
import Model
import RatingFiles

/// What the trial learns and is judged by: the ratings that the training will know, each user's newest of each item.
///
/// With a rating that stands twice in the files in both halves, what is held out would be known already.
struct TrialRatings {
    private(set) var ratings = BatchRatings()
    /// Rows that the core would refuse, by rule.
    private(set) var refused: [(rule: Rule, count: UInt64)] = []
    /// Whether the core would refuse all rows.
    private(set) var nothingIsLeft = true

    /// - Parameters:
    ///   - table: in the order of time.
    ///   - nowMs: what lies too far behind it is refused.
    init(_ table: RatingTable, rules: FieldRules, nowMs: Int64) {
        let columns = table.columns
        func rule(against row: Int) -> Rule? {
            rules.rule(
                against: columns.action(row) == .rating ? columns.ratings[row] : nil,
                timestampMs: columns.timestampsMs[row], arrivedMs: nowMs)
        }
        let rows = table.lastOfEachPair { rule(against: $0) == nil }
        nothingIsLeft = rows.isEmpty
        ratings.reserveCapacity(rows.count)
        // A view that came after a rating took its place.
        for row in rows where columns.action(row) == .rating {
            ratings.append(user: columns.users[row], item: columns.items[row], rating: columns.ratings[row])
        }
        guard nothingIsLeft else { return }
        let rules = (0..<columns.count).compactMap { rule(against: $0) }
        refused = Rule.allCases.compactMap { rule in
            let count = rules.count { $0 == rule }
            return count == 0 ? nil : (rule, UInt64(count))
        }
    }
}

extension FieldRules {
    /// What an event of a file would break; `nil` for a sound one. See `EventDecoder`.
    fileprivate func rule(against rating: Float?, timestampMs: Int64, arrivedMs: Int64) -> Rule? {
        if let rating, !(ratingMin...ratingMax).contains(Double(rating)) { return .ratingOutOfRange }
        if !(earliestMs...latestMs).contains(timestampMs) { return .timestampOutOfRange }
        return timestampMs - futureMs > arrivedMs ? .timestampInFuture : nil
    }
}
