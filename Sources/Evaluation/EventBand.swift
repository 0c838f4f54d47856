/// How lists fare for users who have done so much, and popularity for the same users.
package struct EventBand: Equatable, Sendable {
    /// Events that the user had before.
    package let events: ClosedRange<Int>
    package internal(set) var freshet = RankingFigures()
    package internal(set) var popularity = RankingFigures()

    /// From the first event on.
    static let all = [0...0, 1...1, 2...2, 3...5, 6...10, 11...20, 21...50, 51...100, 101...Int.max].map {
        EventBand(events: $0)
    }

    init(events: ClosedRange<Int>) {
        self.events = events
    }
}
