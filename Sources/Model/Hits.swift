/// How often what was wanted stood among the first few of a list, and how high; `nil` before the first.
package struct Hits: Equatable, Sendable, BitwiseCopyable {
    /// Lists that were looked at.
    package private(set) var count: UInt64 = 0
    private var hits: UInt64 = 0
    private var gain: Double = 0

    package init() {}

    /// The share of lists that held something wanted.
    package var ratio: Double? { count == 0 ? nil : Double(hits) / Double(count) }

    /// Normalised discounted cumulative gain, averaged over the lists.
    ///
    /// Source: Järvelin & Kekäläinen, ACM TOIS 20(4), 2002, doi:10.1145/582415.582418.
    package var ndcg: Double? { count == 0 ? nil : gain / Double(count) }

    /// One list with one wanted item.
    ///
    /// - Parameter rank: how many candidates stood before it; `nil` where it was none of them.
    package mutating func note(rank: Int?, first cutoff: Int) {
        guard let rank, rank < cutoff else { return note(isHit: false, gain: 0) }
        note(isHit: true, gain: Self.gain(rank))
    }

    /// One list, with what it gained as a share of what it could.
    package mutating func note(isHit: Bool, gain: Double) {
        count += 1
        if isHit { hits += 1 }
        self.gain += gain
    }

    /// What a wanted item adds at a rank counted from 0: 1 / log₂(rank + 2).
    package static func gain(_ rank: Int) -> Double { 1 / Curves.log2(Double(rank + 2)) }
}
