package import Events

/// What the model is told once, at the start; none of it is tuned to a file.
package struct ModelOptions: Equatable, Sendable {
    /// Length of the factor vectors: a multiple of 8.
    package var factors = 64
    /// Seeds every random choice; the same seed and the same log give the same state.
    package var seed: UInt64 = 42
    /// A rating from here on says "more of this".
    package var positiveRating: Float = 4
    /// What each action says of an item.
    package var actions = ActionWeights()
    /// Items of a user's history that give a list its context.
    package var history = 50
    /// Neighbours kept per item.
    package var neighbours = 256
    package var usersMax = 10_000_000
    package var itemsMax = 1_000_000
    /// Whether the heads learn. Without them profiles and features are all that is kept of an event.
    package var headsLearn = true

    package init() {}
}

extension ModelOptions {
    /// Whether it says "more of this": a rating from `positiveRating` on, or an act of liking.
    package func isPositive(_ interaction: Interaction) -> Bool {
        switch interaction.action {
        case .rating: interaction.value >= positiveRating
        default: actions[interaction.action, isPositive: false] > 0.5
        }
    }
}
