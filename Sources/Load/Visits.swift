import Model

/// Who acts next, and on what: users come for sessions, a few at a time, and take what suits them and what they just
/// took, from what everybody takes.
struct Visits: Sendable {
    struct Visit {
        var user: Int
        /// `nil` at the beginning of a session.
        var lastItem: Int?
    }

    private let options: TrafficOptions
    private let starters: WeightedDraw
    private let popularity: Zipf
    let tastes: Tastes
    private var open: [Visit] = []

    /// How much a session goes on with what it just had.
    private static let stickiness: Float = 0.7

    init(_ options: TrafficOptions, dice: inout Dice) {
        precondition(options.users >= 1 && options.items >= 1 && options.choices >= 1)
        self.options = options
        let sigma = options.activitySigma
        starters = WeightedDraw(
            (0..<options.users).map { _ in Curves.exp2(sigma * dice.normal() * 1.442_695_040_888_963_4) })
        popularity = Zipf(count: options.items, exponent: options.zipf)
        tastes = Tastes(
            users: options.users, items: options.items, dimensions: options.tasteDimensions, dice: &dice)
        for _ in 0..<max(1, options.openSessions) {
            open.append(Visit(user: starters.draw(&dice), lastItem: nil))
        }
    }

    /// The next user and item.
    mutating func next(_ dice: inout Dice) -> (user: Int, item: Int) {
        let place = dice.below(open.count)
        let visit = open[place]
        let user = dice.isHit(options.hotUserShare) ? 0 : visit.user
        let item = dice.isHit(options.hotItemShare) ? 0 : item(for: user, after: visit.lastItem, &dice)
        let isLast = dice.isHit(1 / Double(options.sessionEvents))
        open[place] =
            isLast
            ? Visit(user: starters.draw(&dice), lastItem: nil) : Visit(user: visit.user, lastItem: item)
        return (user, item)
    }

    private func item(for user: Int, after last: Int?, _ dice: inout Dice) -> Int {
        var best = popularity.draw(&dice)
        guard options.choices > 1 else { return best }
        var bestScore = score(best, user, last)
        for _ in 1..<options.choices {
            let candidate = popularity.draw(&dice)
            let score = score(candidate, user, last)
            if score > bestScore { (best, bestScore) = (candidate, score) }
        }
        return best
    }

    private func score(_ item: Int, _ user: Int, _ last: Int?) -> Float {
        let affinity = tastes.affinity(user: user, item: item)
        guard let last else { return affinity }
        return affinity + Self.stickiness * tastes.likeness(item, last)
    }
}
