import Model

/// How one contender fared in one part of the stream.
package struct Scorecard: Equatable, Sendable {
    /// All ratings; positives of users with an earlier positive, on items seen before.
    package internal(set) var all = GroupFigures()
    /// The same positives and those on items never seen before, which nobody can find: each is a miss.
    package internal(set) var withUnseen = RankingFigures()
    /// Events of users with fewer than `coldEvents` before; here no earlier positive is asked for.
    package internal(set) var coldUsers = GroupFigures()
    /// Events on items with fewer than `coldEvents` before.
    package internal(set) var coldItems = GroupFigures()
    /// Positives on items never seen before or first seen within a week of event time; candidates are also the items
    /// that only the catalogue knows.
    package internal(set) var freshItems = RankingFigures()
    package internal(set) var lists = ListFigures()

    package static let coldEvents = 5
    package static let freshMs: Int64 = 7 * 86_400_000

    package init() {}

    mutating func note(rating: Float, expected: Float, userEvents: Int, itemEvents: Int) {
        all.errors.note(rating: rating, expected: expected)
        if userEvents < Self.coldEvents { coldUsers.errors.note(rating: rating, expected: expected) }
        if itemEvents < Self.coldEvents { coldItems.errors.note(rating: rating, expected: expected) }
    }
}
