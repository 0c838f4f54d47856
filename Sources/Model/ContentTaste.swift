/// What a user likes in items, whoever else likes them: a profile of genres, people and years that is held against
/// every item.
///
///     v_i(f)  = rarity(f) for the features f of item i, 0 for others      rarity(f) = 1 + log₂(items / items with f)
///     w       = Σ_d x_d · v_h(d) / |v_h(d)|                               x_d = 0.98^d · liking of act d
///     s_i     = w·v_i / (|v_i| · Σ_d |x_d|)                               from −1 to 1
///
/// h(0), h(1) … are the user's newest items. The vector-space model of Salton, Wong & Yang, CACM 18(11), 1975,
/// doi:10.1145/361219.361220, with the profile of Rocchio; it needs nobody's ratings but the user's own.
struct ContentTaste {
    private enum Constant {
        /// Newest acts that count.
        static let acts = 200
        static let memory: Float = 0.98
    }

    /// Acts with how much each weighs, newest first.
    private var weights: [(item: UInt32, weight: Float)] = []
    private var sum: Float = 0

    init(_ acts: borrowing [UserProfile.Act]) {
        var fading: Float = 1
        for distance in 0..<min(Constant.acts, acts.count) {
            let act = acts[acts.count - 1 - distance]
            let weight = fading * act.liking
            if weight != 0 { weights.append((act.item, weight)) }
            sum += abs(weight)
            fading *= Constant.memory
        }
    }

    /// s of every item, by item row; 0 where nothing is known of the item, or of what the user likes.
    func score(_ index: borrowing ContentIndex, items: Int, on sheet: inout ScoreSheet) {
        sheet.query.reset(count: index.featureCount)
        for (item, weight) in weights {
            let norm = index.norm(of: item)
            guard norm > 0 else { continue }
            for feature in index.of(item) {
                sheet.query[Int(feature)] += weight * index.rarity(of: feature) / norm
            }
        }
        sheet.scores.reset(count: items)
        guard sum > 0 else { return }
        for row in 0..<items {
            var (match, squares) = (Float(0), Float(0))
            for feature in index.of(UInt32(row)) {
                let rarity = index.rarity(of: feature)
                match += sheet.query[Int(feature)] * rarity
                squares += rarity * rarity
            }
            if squares > 0 { sheet.scores[row] = match / (squares.squareRoot() * sum) }
        }
    }

    /// The act whose item is most like this one, by how much it weighs; `nil` where none is.
    func because(_ item: UInt32, _ index: borrowing ContentIndex) -> UInt32? {
        let norm = index.norm(of: item)
        var best: (item: UInt32, part: Float)?
        for (other, weight) in weights {
            let part = weight * index.cosine(other, item, norms: norm * index.norm(of: other))
            if part > (best?.part ?? 0) { best = (other, part) }
        }
        return best?.item
    }
}
