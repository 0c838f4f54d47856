package import Model

/// How some of the events fared: those of new users, say.
package struct GroupFigures: Equatable, Sendable {
    package internal(set) var errors = RatingErrors()
    package internal(set) var rankings = RankingFigures()

    package init() {}
}
