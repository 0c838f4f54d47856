/// A summand of a score.
package enum ScorePart: String, CaseIterable, Sendable {
    /// How well the vector of what the user is after meets that of the item.
    case vectors
    /// How often the item came after what the user took in.
    case counts
    /// How much everybody wants the item now.
    case popularity
    /// How much higher than others the user is expected to rate the item: see `LikingQuery`.
    case taste
    /// How much the item is like what the user liked, as the catalog has it: see `LikingQuery` and `ContentTaste`.
    case content
}
