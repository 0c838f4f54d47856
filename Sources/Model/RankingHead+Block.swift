extension RankingHead {
    /// Adds a user with these acts, of which there is one at least, to a block.
    func add(
        user: UInt32, acts: borrowing [UserProfile.Act], timestampMs: Int64, taste: SIMD8<Float>,
        traits: borrowing ItemTraits, weights: Weights, to sheet: inout BlockSheet
    ) {
        let lane = sheet.queries.count
        sheet.query.reset(count: vectors.users.stride)
        vectors.look(
            user: user, acts: acts, timestampMs: timestampMs, context: sheet.context,
            into: sheet.query.start)
        sheet.queries.add(sheet.query.start)
        LikingQuery.write(
            acts, taste: taste, traits: traits, counts: popularity.counts, weights: weights,
            into: &sheet.query)
        sheet.likingQueries.add(sheet.query.start)
        share(acts, timestampMs: timestampMs, into: &sheet.shares[lane])
        addEvidence(of: sheet.shares[lane], to: sheet.evidence(of: lane))
    }

    /// Asks for the rows in which reasons are looked up soon: those of the newest acts, which weigh most.
    func expectReasons(among shares: borrowing [Share]) {
        for place in 0..<min(Self.reasonsExpected, shares.count) { neighbours.expect(shares[place].item) }
    }

    private static let reasonsExpected = 16

    func rank(_ sheet: inout BlockSheet, traits: borrowing ItemTraits, weights: Weights) {
        let blend = weigh(&sheet.terms, weights: weights)
        let liked = ItemTraits.floatsLiked(content: weights.content > 0)
        sheet.find(in: vectors.items, traits: traits.rows, traitsLiked: liked) {
            scores, evidence, liking, rows, terms in
            finish(scores, evidence: evidence, liking: liking, rows: rows, terms: terms, blend)
        }
    }
}
