/// Which of the things that were learned make a list. All work on the same state, so a list may be asked for by any.
package enum Algorithm: String, CaseIterable, Sendable {
    /// Everything together: what `RankingHead` blends.
    case hybrid
    /// The vectors of `SequenceVectors` alone.
    case collaborative
    /// Genres, people and years alone: see `ContentTaste`.
    case content
    /// The counts of what follows what alone; what no count speaks for stands behind, by popularity.
    case neighbours
    /// What is wanted now, by everybody.
    case popular

    /// What its scores are made of.
    package var parts: [ScorePart] {
        switch self {
        case .hybrid: [.vectors, .counts, .popularity, .taste, .content]
        case .collaborative: [.vectors]
        case .content: [.content, .popularity]
        case .neighbours: [.counts, .popularity]
        case .popular: [.popularity]
        }
    }

    /// Whether its scores are those of `RankingHead`, with some of their parts.
    package var isBlend: Bool {
        switch self {
        case .hybrid, .collaborative, .neighbours: true
        case .content, .popular: false
        }
    }

    /// Whether the reason for an item is the act whose counts speak most for it.
    package var explainsByCounts: Bool { parts.contains(.counts) }

    /// Whether an item that only the catalog knows may stand on its lists: the others have learned nothing of it.
    package var knowsUntouched: Bool {
        switch self {
        case .hybrid, .content: true
        case .collaborative, .neighbours, .popular: false
        }
    }
}
