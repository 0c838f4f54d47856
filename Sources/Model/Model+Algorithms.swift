/// Scores by each of the algorithms, and what they are made of.
extension Model {
    /// The score of every item for a user as of the user's last act, by item row; higher is better, comparable within
    /// one sheet. Minus infinity for what the algorithm has learned nothing of.
    ///
    /// A user who has done nothing gets what is wanted now, whatever the algorithm.
    package func score(user: UInt32, by algorithm: Algorithm, on sheet: inout ScoreSheet) {
        score(user: user, by: algorithm, timestampMs: profiles[Int(user)].lastActiveMs, on: &sheet)
    }

    /// The same as of a moment of the stream.
    package func score(
        user: UInt32, by algorithm: Algorithm, timestampMs: Int64, on sheet: inout ScoreSheet
    ) {
        fill(user: user, algorithm, parts: algorithm.parts, timestampMs: timestampMs, on: &sheet)
        if !algorithm.knowsUntouched { hideUnseen(on: &sheet) }
    }

    /// Whether nothing is known of what a user likes.
    package func isBlank(user: UInt32) -> Bool { actsByRow(of: user).isEmpty }

    /// The parts of the scores of some items, in the order of `algorithm.parts`; their sum is the score.
    ///
    /// - Complexity: that of a score of all items for each part.
    package func parts(
        of rows: [UInt32], user: UInt32, by algorithm: Algorithm, on sheet: inout ScoreSheet
    ) -> [[Float]] {
        var parts = [[Float]](repeating: [], count: rows.count)
        for part in algorithm.parts {
            fill(
                user: user, algorithm, parts: [part], timestampMs: profiles[Int(user)].lastActiveMs,
                on: &sheet)
            for (place, row) in rows.enumerated() { parts[place].append(sheet[row]) }
        }
        return parts
    }

    /// The item of the user's history that speaks most for `item`; `nil` where none does.
    package func because(user: UInt32, item: UInt32, by algorithm: Algorithm) -> UInt32? {
        let acts = actsByRow(of: user)
        return switch algorithm {
        case .hybrid, .neighbours:
            rankingHead.because(item, acts: acts, timestampMs: profiles[Int(user)].lastActiveMs)
        case .collaborative: rankingHead.vectors.because(item, acts: acts)
        case .content: ContentTaste(acts).because(item, catalog.content)
        case .popular: nil
        }
    }

    private func fill(
        user: UInt32, _ algorithm: Algorithm, parts: [ScorePart], timestampMs: Int64,
        on sheet: inout ScoreSheet
    ) {
        let acts = actsByRow(of: user)
        guard !acts.isEmpty else { return rankingHead.popularity.score(on: &sheet) }
        switch algorithm {
        case .hybrid, .collaborative, .neighbours: break
        case .content: return fillContent(acts, parts: parts, on: &sheet)
        case .popular: return rankingHead.popularity.score(on: &sheet)
        }
        rankingHead.score(
            user: user, acts: acts, timestampMs: timestampMs, taste: ratingHead.taste(of: user),
            traits: ratingHead.traits, weights: weights(of: parts, by: algorithm), on: &sheet)
    }

    func weights(of parts: [ScorePart], by algorithm: Algorithm) -> RankingHead.Weights {
        RankingHead.Weights(
            vectors: parts.contains(.vectors) ? 1 : 0, counts: parts.contains(.counts),
            popularity: !parts.contains(.popularity)
                ? 0 : algorithm == .neighbours ? Self.popularityBehindCounts : 1,
            taste: parts.contains(.taste) ? 1 : 0,
            content: parts.contains(.content) && !catalog.isSilent ? 1 : 0)
    }

    private func fillContent(
        _ acts: borrowing [UserProfile.Act], parts: [ScorePart], on sheet: inout ScoreSheet
    ) {
        if parts.contains(.content) {
            ContentTaste(acts).score(catalog.content, items: items.rowCount, on: &sheet)
        } else {
            sheet.fill(count: items.rowCount) { _ in 0 }
        }
        guard parts.contains(.popularity) else { return }
        rankingHead.popularity.add(Self.popularityBesideContent, on: &sheet)
    }

    /// What popularity weighs where it only orders what no count speaks for, as a share of its weight in the blend.
    private static let popularityBehindCounts: Float = 0.005
    /// What it weighs where it only orders items that are equally like what the user likes: per factor of e.
    private static let popularityBesideContent: Float = 0.02
}
