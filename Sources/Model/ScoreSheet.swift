/// Room in which the scores of one user are worked out, kept from one to the next so that nothing is allocated.
package struct ScoreSheet: ~Copyable {
    /// One score per item row; higher is better, minus infinity is "never".
    var scores = AlignedFloats()
    var evidence = AlignedFloats()
    var query = AlignedFloats()

    package init() {}

    package var count: Int { scores.count }

    package subscript(row: UInt32) -> Float { scores[Int(row)] }

    /// The item will not be chosen.
    package mutating func hide(_ row: UInt32) {
        scores[Int(row)] = -.infinity
    }

    /// How many items stand before this one: those of a higher score, and of equal ones those that came first.
    package func rank(of item: UInt32) -> Int {
        let own = self[item]
        var rank = 0
        for other in 0..<UInt32(count) where self[other] >= own {
            if self[other] > own || other < item { rank += 1 }
        }
        return rank
    }

    /// Lends the scores, by item row.
    package func withScores<T>(_ body: (UnsafeBufferPointer<Float>) -> T) -> T {
        body(UnsafeBufferPointer(start: scores.start, count: scores.count))
    }

    /// Sets the scores, one per item row.
    package mutating func fill(count: Int, _ score: (Int) -> Float) {
        scores.reset(count: count)
        for row in 0..<count { scores[row] = score(row) }
    }
}
