import Model
import Ranking

extension BenchCase {
    static let top4k = top("4k", items: 4_096, users: 2_048)
    static let top60k = top("60k", items: 60_000, users: 256)
    static let top1M = top("1m", items: 1_000_000, users: 64)

    private static func top(_ size: String, items: Int, users: Int) -> BenchCase {
        BenchCase(
            name: "topn_\(size)", unit: "µs",
            purpose: "The exact best 20 of \(items) items for a user, 64 factors, in blocks of 32 users"
        ) { (_) throws(CommandFailure) in
            let trial = TopTrial(users: users, items: items)
            guard trial.isExact() else {
                throw CommandFailure(
                    .failed, "lists differ from those of scoring everything. This is a defect.")
            }
            return { () throws(CommandFailure) in trial.run() }
        }
    }
}

/// Users who have a hundred items each already, of a catalog of which one item in a thousand cannot be had.
private final class TopTrial {
    private let factors: BenchFactors
    private let known: [[UInt32]]
    private let unavailable: [UInt32]
    private let rows: [UInt32]
    private var ranker: BlockRanker

    init(users: Int, items: Int) {
        factors = BenchFactors(users: users, items: items)
        ranker = BlockRanker(stride: factors.items.stride, limit: 20)
        var dice = Dice(seed: 2)
        let some = { (count: Int, dice: inout Dice) in (0..<count).map { _ in UInt32(dice.below(items)) } }
        known = (0..<users).map { _ in some(100, &dice) }
        unavailable = some(items / 1_000, &dice)
        rows = (0..<users).map { UInt32($0) }
    }

    func run() -> BenchRun {
        let lap = Lap()
        rank(rows) { _, _ in }
        return lap.end(events: rows.count) { $0 / Double(rows.count) * 1e6 }
    }

    /// Whether the lists of some users are those of scoring everything and selecting: the same items in the same
    /// order, with the same scores.
    func isExact() -> Bool {
        var selection = TopSelection(limit: 20)
        var scores = [Float](repeating: 0, count: factors.items.count)
        var isExact = true
        rank(Array(rows.prefix(3))) { user, list in
            factors.items.scores(factors.users[user], into: &scores)
            for item in known[Int(user)] + unavailable { scores[Int(item)] = -.infinity }
            if list != scores.withUnsafeBufferPointer({ selection.best(of: $0) }) { isExact = false }
        }
        return isExact
    }

    private func rank(_ users: [UInt32], _ take: (UInt32, [TopSelection.Choice]) -> Void) {
        ranker.rank(
            users, of: factors.users, over: factors.items, unavailable: unavailable,
            exclude: { user, hide in for item in known[Int(user)] { hide(item) } }, take)
    }
}
