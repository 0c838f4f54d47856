/// What is judged side by side, on the same events: the model, and what it has to beat.
package enum Contender: Int, CaseIterable, Sendable {
    /// The model of the program, both heads.
    case freshet
    /// The mean of all ratings so far.
    case globalMean
    /// That mean, and how user and item stand off from it: see `PlainBiases`.
    case biasOnly
    /// Items by how many users acted on them.
    case popularity
    /// The same, where an act counts half after every 10,000 events.
    case decayedPopularity
    /// The model of the program without `TrialOptions.diversity`, where there is any: what its lists cost.
    case undiversified

    /// As it stands in JSON, in snake case.
    package var name: String {
        switch self {
        case .freshet: "freshet"
        case .globalMean: "global_mean"
        case .biasOnly: "bias_only"
        case .popularity: "popularity"
        case .decayedPopularity: "decayed_popularity"
        case .undiversified: "undiversified"
        }
    }

    package var predictsRatings: Bool {
        switch self {
        case .freshet, .globalMean, .biasOnly: true
        case .popularity, .decayedPopularity, .undiversified: false
        }
    }

    package var makesLists: Bool {
        switch self {
        case .freshet, .popularity, .decayedPopularity, .undiversified: true
        case .globalMean, .biasOnly: false
        }
    }

    static let raters = allCases.filter(\.predictsRatings)
    /// Those that are asked for lists.
    static func listers(diversity: Float) -> [Contender] {
        allCases.filter { $0.makesLists && ($0 != .undiversified || diversity > 0) }
    }
}
