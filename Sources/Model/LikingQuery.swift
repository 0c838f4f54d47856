import CKernels

/// What a user likes in items, as a row that is held against their traits.
///
///     L_u = ( 0.45·w_u , 1.5·Σ_d x_d·t(h_d) / |t(h_d)| )        x_d = 0.97^d·liking of act d / Σ_d 0.97^d·|liking|
///
/// w_u are the weights of the user's regression on what items are like (`TasteRegression`): how much higher than others
/// the user is expected to rate an item is part of whether it will be taken in and liked. The second part is the profile
/// of Rocchio, over what the catalog says of the 50 newest items, h_0, h_1 …: it speaks for new items as for old ones.
enum LikingQuery {
    private static let tasteWeight: Float = 0.45
    private static let contentWeight: Float = 1.5
    private static let memory: Float = 0.97
    private static let acts = 50

    /// - Parameters:
    ///   - acts: by item row.
    ///   - taste: w_u.
    ///   - counts: acts on each item.
    ///   - query: is set to `ItemTraits.floats` floats.
    static func write(
        _ acts: borrowing [UserProfile.Act], taste: SIMD8<Float>, traits: borrowing ItemTraits,
        counts: borrowing [UInt32], weights: RankingHead.Weights, into query: inout AlignedFloats
    ) {
        query.reset(count: ItemTraits.floats)
        if weights.content > 0 {
            addContent(acts, traits: traits, counts: counts, weight: weights.content, to: query.start)
        }
        for place in 0..<ItemTraits.learned { query[place] = tasteWeight * weights.taste * taste[place] }
    }

    private static func addContent(
        _ acts: borrowing [UserProfile.Act], traits: borrowing ItemTraits, counts: borrowing [UInt32],
        weight: Float, to query: UnsafeMutablePointer<Float>
    ) {
        var (fading, sum): (Float, Float) = (1, 0)
        for place in stride(from: acts.count - 1, through: max(0, acts.count - Self.acts), by: -1) {
            let (item, liking) = (acts[place].item, fading * acts[place].liking)
            freshet_add_scaled(
                query, traits.rows[item], liking / ItemTraits.strength(counts[Int(item)]), ItemTraits.floats)
            sum += abs(liking)
            fading *= memory
        }
        guard sum > 0 else { return }
        for place in ItemTraits.learned..<ItemTraits.floats { query[place] *= contentWeight * weight / sum }
    }
}
