import Model
import Ranking

/// Makes the lists that are judged: one contender's scores at a time, on one sheet.
struct ListMaker: ~Copyable {
    private var sheet = ScoreSheet()
    private var selection = TopSelection(limit: JudgedList.size)

    /// Scores everything that the model knows and the user has not acted on.
    ///
    /// - Parameters:
    ///   - user: `nil` for one who is not known: then the list is what is wanted now.
    ///   - timestampMs: the moment of the question, in event time.
    mutating func score(
        _ contender: Contender, user: UInt32?, timestampMs: Int64, model: borrowing Model,
        counts: borrowing ItemCounts
    ) {
        guard contender != .freshet else {
            return model.scoreCandidates(user: user, timestampMs: timestampMs, on: &sheet)
        }
        counts.score(contender, items: model.items.rowCount, on: &sheet)
        guard let user else { return }
        for act in model.actsByRow(of: user) { sheet.hide(act.item) }
    }

    /// From now on only what somebody has acted on is a candidate.
    mutating func hideUnseen(_ model: borrowing Model) {
        model.hideUnseen(on: &sheet)
    }

    /// How many candidates stand before the item.
    func rank(of item: UInt32) -> Int { sheet.rank(of: item) }

    /// The first ten candidates, best first, in the order that `rank` counts by.
    mutating func top() -> [UInt32] {
        sheet.withScores { selection.best(of: $0) }.map(\.row)
    }
}
