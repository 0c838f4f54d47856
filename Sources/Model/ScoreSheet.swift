/// Room in which the scores of one user are worked out, kept from one to the next so that nothing is allocated.
package struct ScoreSheet: ~Copyable {
    /// One score per item row; higher is better, minus infinity is "never".
    var scores = AlignedFloats()
    var evidence = AlignedFloats()
    var liking = AlignedFloats()
    var query = AlignedFloats()
    var terms = ItemTerms()
    /// The acts that speak; none where the scores are not those of a user with acts.
    var shares: [RankingHead.Share] = []
    let context = RowGroup()

    package init() {}

    package var count: Int { scores.count }

    package subscript(row: UInt32) -> Float { scores[Int(row)] }

    /// The item will not be chosen.
    package mutating func hide(_ row: UInt32) {
        scores[Int(row)] = -.infinity
    }

    /// How many items stand before this one: those of a higher score, and of equal ones those that came first.
    package func rank(of item: UInt32) -> Int {
        let (own, scores) = (self[item], scores.start)
        // Two sums without a branch, which the compiler works out many items at a time.
        var (higher, equal): (UInt32, UInt32) = (0, 0)
        for other in 0..<count { higher &+= scores[other] > own ? 1 : 0 }
        for other in 0..<Int(item) { equal &+= scores[other] == own ? 1 : 0 }
        return Int(higher + equal)
    }

    /// Lends the scores, by item row.
    package func withScores<T>(_ body: (UnsafeBufferPointer<Float>) -> T) -> T {
        body(UnsafeBufferPointer(start: scores.start, count: scores.count))
    }

    /// Sets the scores, one per item row, zero for those beyond the values.
    package mutating func fill(count: Int, _ values: [Float]) {
        precondition(values.count <= count)
        shares.removeAll(keepingCapacity: true)
        scores.reset(count: count)
        values.withUnsafeBufferPointer { values in
            guard let first = values.baseAddress else { return }
            scores.start.update(from: first, count: values.count)
        }
    }

    /// Hides the items of no count, one count per item row.
    mutating func hide(whereZero counts: [UInt32]) {
        precondition(counts.count <= count)
        let scores = scores.start
        counts.withUnsafeBufferPointer { counts in
            for row in counts.indices { scores[row] = counts[row] == 0 ? -.infinity : scores[row] }
        }
    }

    /// Sets the scores, one per item row.
    mutating func fill(count: Int, _ score: (Int) -> Float) {
        shares.removeAll(keepingCapacity: true)
        scores.reset(count: count)
        for row in 0..<count { scores[row] = score(row) }
    }
}
