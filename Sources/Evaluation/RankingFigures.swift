import Model

/// How well lists held what was wanted, at several lengths. Every figure is a mean over the lists that were judged,
/// `nil` before the first.
package struct RankingFigures: Equatable, Sendable {
    /// The lengths at which lists are cut.
    package static let cutoffs = [5, 10, 20]

    private var hits = [Hits](repeating: Hits(), count: cutoffs.count)
    private var recalls = [Double](repeating: 0, count: cutoffs.count)
    private var precisions = [Double](repeating: 0, count: cutoffs.count)
    private var reciprocals = [Double](repeating: 0, count: cutoffs.count)
    private var allReciprocals = 0.0

    package init() {}

    /// Lists judged.
    package var count: UInt64 { hits[0].count }

    /// The share of lists with something wanted among the first `cutoff`.
    package func hitRatio(at cutoff: Int) -> Double? { hits[place(of: cutoff)].ratio }

    /// Discounted gain of the first `cutoff`, as a share of what the best order would gain.
    package func ndcg(at cutoff: Int) -> Double? { hits[place(of: cutoff)].ndcg }

    /// The share of what was wanted that stands among the first `cutoff`.
    package func recall(at cutoff: Int) -> Double? { mean(recalls[place(of: cutoff)]) }

    /// The share of the first `cutoff` that was wanted.
    package func precision(at cutoff: Int) -> Double? { mean(precisions[place(of: cutoff)]) }

    /// Mean reciprocal rank: one over the place of the first that was wanted, wherever it stands; 0 where it stands
    /// nowhere.
    package var mrr: Double? { mean(allReciprocals) }

    /// The same of the first `cutoff` alone: 0 where nothing wanted stands among them.
    package func mrr(at cutoff: Int) -> Double? { mean(reciprocals[place(of: cutoff)]) }

    /// One list with one wanted item.
    ///
    /// - Parameter rank: how many candidates stood before it; `nil` where it was none of them.
    package mutating func note(rank: Int?) {
        note(ranks: rank.map { [$0] } ?? [], wanted: 1)
    }

    /// One list with `wanted` items to find.
    ///
    /// - Parameter ranks: how many candidates stood before each that was one of them, in rising order.
    package mutating func note(ranks: [Int], wanted: Int) {
        precondition(wanted > 0 && ranks.count <= wanted)
        for (place, cutoff) in Self.cutoffs.enumerated() {
            let inside = ranks.prefix { $0 < cutoff }
            let gain = inside.reduce(0) { $0 + Hits.gain($1) }
            let best = (0..<min(wanted, cutoff)).reduce(0) { $0 + Hits.gain($1) }
            hits[place].note(isHit: !inside.isEmpty, gain: gain / best)
            recalls[place] += Double(inside.count) / Double(wanted)
            precisions[place] += Double(inside.count) / Double(cutoff)
            if let first = inside.first { reciprocals[place] += 1 / Double(first + 1) }
        }
        if let first = ranks.first { allReciprocals += 1 / Double(first + 1) }
    }

    private func mean(_ sum: Double) -> Double? { count == 0 ? nil : sum / Double(count) }

    private func place(of cutoff: Int) -> Int {
        guard let place = Self.cutoffs.firstIndex(of: cutoff) else {
            preconditionFailure("lists are not cut at \(cutoff)")
        }
        return place
    }
}
