package import Model

/// Makes a list whose items are not all alike: of the best candidates, each place goes to the one with the largest
///
///     (1 − strength) · relevance  −  strength · max over the list so far of likeness
///
/// Relevance is the score, from 0 at the last candidate to 1 at the best; likeness is `Model.likeness`. So the first
/// place is the best candidate's whatever the strength, and strength 0 changes nothing. This is maximal marginal
/// relevance: Carbonell & Goldstein, SIGIR 1998, doi:10.1145/290941.291025, with λ = 1 − strength.
///
/// Cost: O(candidates · list · factors), some tens of microseconds.
package struct Diversifier {
    package let strength: Float

    package init(strength: Float) {
        self.strength = strength
    }

    /// How many candidates are looked at for a list of some length, where alike ones are avoided.
    package static func poolSize(for size: Int) -> Int { max(size, 200) }

    /// How many candidates a list of some length is made of.
    package func candidates(for size: Int) -> Int { strength > 0 ? Self.poolSize(for: size) : size }

    /// Makes a list of candidates, which stand best first.
    func arrange(_ candidates: inout [TopSelection.Choice], size: Int, model: borrowing Model) {
        if strength > 0 {
            candidates = order(candidates, size: size, model: model).map { candidates[$0] }
        } else {
            candidates.removeLast(max(0, candidates.count - size))
        }
    }

    /// - Parameter candidates: best first.
    /// - Returns: places in `candidates`, in the order of the list.
    package func order(
        _ candidates: [TopSelection.Choice], size: Int, model: borrowing Model
    ) -> [Int] {
        guard strength > 0, let best = candidates.first, let last = candidates.last else {
            return Array(candidates.indices.prefix(size))
        }
        let spread = best.score - last.score
        let shapes = candidates.map { model.shape(of: $0.row) }
        let relevances = candidates.map { spread > 0 ? ($0.score - last.score) / spread : 1 }
        var likeness = [Float](repeating: 0, count: candidates.count)
        var left = Array(candidates.indices)
        var list: [Int] = []
        while list.count < size, !left.isEmpty {
            var (winner, highest) = (0, -Float.infinity)
            for (place, candidate) in left.enumerated() {
                let value = (1 - strength) * relevances[candidate] - strength * likeness[candidate]
                // Of equals the better candidate, which stands earlier.
                if value > highest { (winner, highest) = (place, value) }
            }
            let chosen = left.remove(at: winner)
            list.append(chosen)
            for candidate in left {
                likeness[candidate] = max(
                    likeness[candidate], model.likeness(shapes[chosen], shapes[candidate]))
            }
        }
        return list
    }
}
