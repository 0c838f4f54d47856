/// Lists of many users at once: the same as one at a time, in every bit.
extension Model {
    /// Begins a block of users, of each of whom something is known; all items are shown to all of them.
    package func begin(
        _ users: some Collection<UInt32>, by algorithm: Algorithm, withNewcomers: Bool,
        on sheet: inout BlockSheet
    ) {
        sheet.begin(users: users.count, items: items.rowCount)
        sheet.newcomers.rows.removeAll(keepingCapacity: true)
        if withNewcomers { findNewcomers(into: &sheet.newcomers.rows) }
        let weights = weights(of: algorithm.parts, by: algorithm)
        for user in users {
            rankingHead.add(
                user: user, acts: actsByRow(of: user), timestampMs: profiles[Int(user)].lastActiveMs,
                taste: ratingHead.taste(of: user), traits: ratingHead.traits, weights: weights, to: &sheet)
        }
    }

    /// Scores all items for all users of the block by one of the blends, and keeps the best of each that is not
    /// hidden.
    package func rank(_ sheet: inout BlockSheet, by algorithm: Algorithm) {
        precondition(algorithm.isBlend, "only blends are worked out in blocks")
        if !algorithm.knowsUntouched {
            let counts = rankingHead.popularity.counts
            for row in counts.indices where counts[row] == 0 { sheet.hide(UInt32(row)) }
        }
        rankingHead.rank(
            &sheet, traits: ratingHead.traits, weights: weights(of: algorithm.parts, by: algorithm))
    }

    /// To be called some time before `because` for the user in this lane.
    package func expectReasons(of user: Int, on sheet: borrowing BlockSheet) {
        rankingHead.expectReasons(among: sheet.shares[user])
    }

    /// The item of the history of the user in this lane that speaks most for `item`.
    package func because(_ item: UInt32, of user: Int, on sheet: borrowing BlockSheet) -> UInt32? {
        rankingHead.because(item, of: sheet.shares[user], evidence: sheet.evidence(of: user)[Int(item)])
    }

    /// The same of the user whose scores are on the sheet.
    package func because(_ item: UInt32, on sheet: borrowing ScoreSheet) -> UInt32? {
        if sheet.shares.isEmpty { return nil }
        return rankingHead.because(item, of: sheet.shares, evidence: sheet.evidence[Int(item)])
    }
}
