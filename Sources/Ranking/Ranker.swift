package import Model

/// Turns what the model knows of a user into a list: score all items, filter, cut.
package struct Ranker: ~Copyable {
    private let options: RankingOptions
    private var sheet = ScoreSheet()
    private var selection: TopSelection

    package init(options: RankingOptions) {
        self.options = options
        selection = TopSelection(limit: options.size)
    }

    /// The user's entries, best first: no item that the user has acted on, none that is unavailable, none that
    /// speaks against itself (a score of minus infinity). Fewer than `size` when there are no more.
    package mutating func entries(user: UInt32, model: borrowing Model) -> [TopList.Entry] {
        model.score(user: user, on: &sheet)
        for act in model.actsByRow(of: user) { sheet.hide(act.item) }
        hideUnavailable(model)
        return best().map { choice in
            TopList.Entry(
                item: model.items.name(of: choice.row), score: choice.score,
                because: model.because(user: user, item: choice.row).map { model.items.name(of: $0) })
        }
    }

    /// The entries of a list for nobody in particular, from scores that `fill` puts on the sheet; rows that nobody has
    /// acted on yet and those that `isWanted` refuses are left out.
    package mutating func entries(
        model: borrowing Model, where isWanted: (UInt32) -> Bool = { _ in true },
        fill: (borrowing Model, inout ScoreSheet) -> Void
    ) -> [TopList.Entry] {
        fill(model, &sheet)
        for row in 0..<UInt32(sheet.count) where !model.isSeen(row) || !isWanted(row) { sheet.hide(row) }
        hideUnavailable(model)
        return best().map { choice in
            TopList.Entry(item: model.items.name(of: choice.row), score: choice.score, because: nil)
        }
    }

    private mutating func best() -> [TopSelection.Choice] {
        sheet.withScores { selection.best(of: $0) }
    }

    private mutating func hideUnavailable(_ model: borrowing Model) {
        for row in model.catalog.unavailable { sheet.hide(row) }
    }
}
