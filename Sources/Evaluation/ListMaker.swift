import Model
import Ranking

/// Makes the lists that are judged: one contender's scores at a time, on one sheet.
struct ListMaker: ~Copyable {
    private let algorithm: Algorithm
    private let diversifier: Diversifier
    private var newcomerPlaces: NewcomerPlaces
    private var sheet = ScoreSheet()
    private var selection = TopSelection(limit: JudgedList.size)
    private var pool: TopSelection
    /// The first items in another order than that of their scores; empty where it is theirs.
    private var order: [UInt32] = []

    /// As many as the deepest figure looks at are put in another order.
    private static let reordered = 20

    init(_ options: TrialOptions) {
        algorithm = options.algorithm
        diversifier = Diversifier(strength: options.diversity)
        newcomerPlaces = NewcomerPlaces(options.newcomers, by: options.algorithm)
        pool = TopSelection(limit: diversifier.candidates(for: Self.reordered))
    }

    /// Scores everything that the model knows and the user has not acted on.
    ///
    /// - Parameters:
    ///   - user: `nil` for one who is not known: then the list is what is wanted now.
    ///   - timestampMs: the moment of the question, in event time.
    mutating func score(
        _ contender: Contender, user: UInt32?, timestampMs: Int64, model: borrowing Model,
        counts: borrowing ItemCounts
    ) {
        order = []
        guard contender != .freshet, contender != .undiversified else {
            return model.scoreCandidates(user: user, by: algorithm, timestampMs: timestampMs, on: &sheet)
        }
        counts.score(contender, items: model.items.rowCount, on: &sheet)
        guard let user else { return }
        for act in model.actsByRow(of: user) { sheet.hide(act.item) }
    }

    /// From now on only what somebody has acted on is a candidate.
    mutating func hideUnseen(_ model: borrowing Model) {
        order = []
        model.hideUnseen(on: &sheet)
    }

    /// Puts the candidates in the order of the lists that are written, which keep items apart that are alike, and have
    /// places for newcomers.
    mutating func arrange(_ contender: Contender, user: UInt32?, _ model: borrowing Model) {
        guard contender == .freshet || contender == .undiversified else { return }
        let diversifier = contender == .freshet ? diversifier : Diversifier(strength: 0)
        let newcomers = newcomerPlaces.candidates(for: user, size: Self.reordered, model: model, on: sheet)
        guard diversifier.strength > 0 || !newcomers.isEmpty else { return }
        let candidates = sheet.withScores { pool.best(of: $0) }
        var list = diversifier.order(candidates, size: Self.reordered, model: model).map { candidates[$0] }
        newcomerPlaces.fill(&list, size: Self.reordered, with: newcomers)
        order = list.map(\.row)
    }

    /// How many candidates stand before the item.
    func rank(of item: UInt32) -> Int {
        guard !order.isEmpty else { return sheet.rank(of: item) }
        return order.firstIndex(of: item) ?? max(order.count, sheet.rank(of: item))
    }

    /// The first ten candidates, best first, in the order that `rank` counts by.
    mutating func top() -> [UInt32] {
        guard order.isEmpty else { return Array(order.prefix(JudgedList.size)) }
        return sheet.withScores { selection.best(of: $0) }.map(\.row)
    }
}
