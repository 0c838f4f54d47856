package import Model

/// How lists are made.
package struct RankingOptions: Equatable, Sendable {
    /// Items on a list at most.
    package var size = 20
    package var algorithm = Algorithm.hybrid
    /// How much a list avoids items that are like each other, from 0 to 1: see `Diversifier`.
    package var diversity: Float = 0
    /// How many of the last places are kept for newcomers: see `NewcomerPlaces`.
    package var newcomers = 1
    /// What may stand on any list.
    package var filter = ListFilter()

    package init() {}
}
