import Model

/// Who acts next, and on what: users come for sessions, a few at a time, and take what suits them and what they just
/// took, from what everybody takes.
struct Visits: Sendable {
    /// Who acts, and on what.
    struct Act {
        /// Nobody else has this number, now or later.
        var user: UInt32
        /// The user's place in the crowd: activity and tastes go with it, also to who comes after.
        var place: Int
        var item: Int
    }

    private struct Visit {
        var place: Int
        /// `nil` at the beginning of a session.
        var lastItem: Int?
    }

    private let options: TrafficOptions
    private let starters: WeightedDraw
    private let popularity: Zipf
    let tastes: Tastes
    private var open: [Visit] = []
    /// By place, who stands there now.
    private var users: [UInt32]
    /// The number of who comes next.
    private var nextUser: UInt32

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
        users = (0..<UInt32(options.users)).map { $0 }
        nextUser = UInt32(options.users)
        for _ in 0..<max(1, options.openSessions) {
            open.append(Visit(place: starters.draw(&dice), lastItem: nil))
        }
    }

    /// The next user and item.
    mutating func next(_ dice: inout Dice) -> Act {
        let turn = dice.below(open.count)
        let visit = open[turn]
        let isHot = dice.isHit(options.hotUserShare)
        let place = isHot ? 0 : visit.place
        let item = dice.isHit(options.hotItemShare) ? 0 : item(for: place, after: visit.lastItem, &dice)
        let act = Act(user: isHot ? 0 : users[place], place: place, item: item)
        if dice.isHit(1 / Double(options.sessionEvents)) {
            leave(visit.place, &dice)
            open[turn] = Visit(place: starters.draw(&dice), lastItem: nil)
        } else {
            open[turn].lastItem = item
        }
        return act
    }

    /// A session is over; for some it was the last.
    private mutating func leave(_ place: Int, _ dice: inout Dice) {
        guard dice.isHit(options.turnoverShare) else { return }
        users[place] = nextUser
        nextUser += 1
    }

    private func item(for place: Int, after last: Int?, _ dice: inout Dice) -> Int {
        var best = popularity.draw(&dice)
        guard options.choices > 1 else { return best }
        var bestScore = score(best, place, last)
        for _ in 1..<options.choices {
            let candidate = popularity.draw(&dice)
            let score = score(candidate, place, last)
            if score > bestScore { (best, bestScore) = (candidate, score) }
        }
        return best
    }

    private func score(_ item: Int, _ place: Int, _ last: Int?) -> Float {
        let affinity = tastes.affinity(user: place, item: item)
        guard let last else { return affinity }
        return affinity + Self.stickiness * tastes.likeness(item, last)
    }
}
