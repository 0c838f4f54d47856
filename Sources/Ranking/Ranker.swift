package import Model

/// Turns what the model knows of a user into a list: score all items, filter, diversify, cut.
package struct Ranker: ~Copyable {
    package let options: RankingOptions
    private var sheet = ScoreSheet()
    private var selection: TopSelection
    private var pool: TopSelection
    var mask: FilterMask
    let diversifier: Diversifier
    var newcomerPlaces: NewcomerPlaces
    var block: BlockSheet

    /// - Parameter factors: those of the model's vectors.
    package init(options: RankingOptions, factors: Int) {
        self.options = options
        selection = TopSelection(limit: options.size)
        mask = FilterMask(options.filter)
        diversifier = Diversifier(strength: options.diversity)
        pool = TopSelection(limit: diversifier.candidates(for: options.size))
        newcomerPlaces = NewcomerPlaces(options.newcomers, by: options.algorithm)
        block = BlockSheet(factors: factors, limit: diversifier.candidates(for: options.size))
    }

    /// The user's entries, best first: no item that the user has acted on, none that is unavailable or filtered out,
    /// none that speaks against itself (a score of minus infinity). Fewer than `size` when there are no more.
    package mutating func entries(user: UInt32, model: borrowing Model) -> [TopList.Entry] {
        choices(user: user, model: model).map { choice in
            entry(choice.row, choice.score, because: because(choice.row, user: user, model: model), model)
        }
    }

    /// The same with what the scores are made of, and with what was left out and why. Without a user, or for one who
    /// has done nothing yet, the list is what is wanted now.
    ///
    /// - Parameter request: what this one list must not hold, besides what no list may.
    package mutating func explain(
        user: UInt32?, request: ListFilter = ListFilter(), model: borrowing Model
    ) -> Explanation {
        var requested = FilterMask(request)
        requested.follow(model)
        let algorithm = user == nil || model.isBlank(user: user ?? 0) ? .popular : options.algorithm
        let choices = choices(user: user, except: requested.hidden, model: model)
        let rows = choices.map(\.row)
        let parts =
            if let user {
                model.parts(of: rows, user: user, by: algorithm, on: &sheet)
            } else {
                choices.map { [$0.score] }
            }
        return Explanation(
            algorithm: algorithm,
            items: choices.indices.map { place in
                Explanation.Item(
                    row: rows[place],
                    entry: entry(
                        rows[place], choices[place].score,
                        because: user.flatMap {
                            model.because(user: $0, item: rows[place], by: options.algorithm)
                        }, model),
                    parts: parts[place], place: choices[place].place)
            },
            omissions: Omission.all(
                user: user, algorithm: algorithm, filter: options.filter, request: request, model: model))
    }

    /// What follows an item, as other items' lists are filtered; `nil` where nothing ever did.
    package mutating func neighbours(of item: UInt32, model: borrowing Model) -> [TopList.Entry]? {
        let neighbours = model.neighbours(of: item)
        guard !neighbours.isEmpty else { return nil }
        mask.follow(model)
        return neighbours.lazy.filter { [mask] in !mask[$0.item] }.prefix(options.size).map {
            TopList.Entry(item: model.items.name(of: $0.item), score: $0.weight, because: nil)
        }
    }

    /// An older list without what may not be listed any more.
    package mutating func stillListed(
        _ entries: [TopList.Entry], model: borrowing Model
    ) -> [TopList.Entry] {
        mask.follow(model)
        return entries.filter { [mask] entry in
            guard let row = model.items.row(of: entry.item) else { return true }
            return !mask[row] && model.catalog[row].available
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
        hideFiltered(model)
        return sheet.withScores { selection.best(of: $0) }.map { choice in
            TopList.Entry(item: model.items.name(of: choice.row), score: choice.score, because: nil)
        }
    }

    /// A row that was chosen, and where it would stand if nothing was diversified.
    private struct Chosen {
        var row: UInt32
        var score: Float
        var place: Int
    }

    private mutating func choices(
        user: UInt32?, except excluded: [UInt32] = [], model: borrowing Model
    ) -> [Chosen] {
        if let user {
            model.score(user: user, by: options.algorithm, on: &sheet)
            for act in model.actsByRow(of: user) { sheet.hide(act.item) }
        } else {
            model.scoreTrending(on: &sheet)
            model.hideUnseen(on: &sheet)
        }
        hideFiltered(model)
        for row in excluded { sheet.hide(row) }
        let candidates = sheet.withScores { pool.best(of: $0) }
        let places = diversifier.order(candidates, size: options.size, model: model)
        var list = places.map { candidates[$0] }
        let newcomers = newcomerPlaces.candidates(for: user, size: options.size, model: model, on: sheet)
        newcomerPlaces.fill(&list, size: options.size, with: newcomers)
        return list.enumerated().map { at, choice in
            let isNewcomer = at >= places.count || candidates[places[at]].row != choice.row
            return Chosen(
                row: choice.row, score: choice.score,
                place: isNewcomer ? sheet.rank(of: choice.row) : places[at])
        }
    }

    /// The reason for an item of the list whose scores are on the sheet.
    private func because(_ row: UInt32, user: UInt32, model: borrowing Model) -> UInt32? {
        options.algorithm.explainsByCounts
            ? model.because(row, on: sheet) : model.because(user: user, item: row, by: options.algorithm)
    }

    func entry(
        _ row: UInt32, _ score: Float, because: UInt32?, _ model: borrowing Model
    ) -> TopList.Entry {
        TopList.Entry(
            item: model.items.name(of: row), score: score, because: because.map { model.items.name(of: $0) })
    }

    private mutating func hideFiltered(_ model: borrowing Model) {
        for row in model.catalog.unavailable { sheet.hide(row) }
        mask.follow(model)
        for row in mask.hidden { sheet.hide(row) }
    }
}
