import Events
import RatingFiles

extension RatingTable {
    /// The rows of which something can be held out: each user's newest sound act on each item, in the order of time.
    ///
    /// With a row that stands twice in the files in both halves, what is held out would be known already. An impression
    /// is no act. The table must be in the order of time.
    ///
    /// - Parameter arrivedMs: what lies too far ahead of it is refused; `nil` refuses nothing for that.
    func newestActs(in rows: Range<Int>, rules: FieldRules, arrivedMs: Int64? = nil) -> [Int] {
        lastOfEachPair { row in
            rows.contains(row) && columns.action(row) != .impression
                && rules.rule(against: row, of: columns, arrivedMs: arrivedMs) == nil
        }
    }

    /// How many rows the core would refuse, by rule.
    func refused(
        in rows: Range<Int>, rules: FieldRules, arrivedMs: Int64? = nil
    ) -> [(rule: Rule, count: UInt64)] {
        let broken = rows.compactMap { rules.rule(against: $0, of: columns, arrivedMs: arrivedMs) }
        return Rule.allCases.compactMap { rule in
            let count = broken.count { $0 == rule }
            return count == 0 ? nil : (rule, UInt64(count))
        }
    }
}

extension FieldRules {
    /// What an event of a file would break; `nil` for a sound one. See `EventDecoder`.
    fileprivate func rule(against row: Int, of columns: RatingColumns, arrivedMs: Int64?) -> Rule? {
        let (value, timestampMs) = (Double(columns.ratings[row]), columns.timestampsMs[row])
        if columns.action(row) == .rating {
            if !(ratingMin...ratingMax).contains(value) { return .ratingOutOfRange }
        } else if value.magnitude > strengthMax {
            return .invalidField
        }
        if !(earliestMs...latestMs).contains(timestampMs) { return .timestampOutOfRange }
        guard let arrivedMs else { return nil }
        return timestampMs - futureMs > arrivedMs ? .timestampInFuture : nil
    }
}
