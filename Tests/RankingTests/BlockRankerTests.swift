import Model
import Ranking
import Testing

/// Against a slow, obvious version of itself: score each user alone, sort everything, cut.
@Suite struct BlockRankerTests {
    @Test(arguments: 0..<60 as Range<UInt64>)
    func agreesWithSorting(seed: UInt64) {
        var dice = Dice(seed: seed)
        let trial = Trial(&dice)
        #expect(trial.ranked() == trial.sorted(), "\(trial.summary)")
    }

    /// One ranker for tables that grow and shrink: nothing of a former use shines through.
    @Test func aRankerCanBeUsedAgain() {
        var ranker = BlockRanker(stride: 64, limit: 7)
        for seed in 100..<110 as Range<UInt64> {
            var dice = Dice(seed: seed)
            let trial = Trial(&dice, limit: 7, factors: 60)
            #expect(trial.ranked(with: &ranker) == trial.sorted(), "\(trial.summary)")
        }
    }

    @Test func fewerItemsThanThereIsRoomForAreAllThere() {
        var dice = Dice(seed: 1)
        let trial = Trial(&dice, users: 1, items: 5, limit: 20, hidesSome: false)
        #expect(trial.ranked().first?.count == 5)
    }

    @Test func nobodyAndNothingIsNoFault() {
        var dice = Dice(seed: 2)
        #expect(Trial(&dice, users: 0, items: 9).ranked().isEmpty)
        #expect(Trial(&dice, users: 3, items: 0).ranked() == [[], [], []])
    }
}

/// Users, items and what is hidden from whom, of a seed.
private final class Trial {
    private var users: FactorTable
    private var items: FactorTable
    private let unavailable: [UInt32]
    private let excluded: [[UInt32]]
    private let limit: Int
    var summary: String { "\(users.count) users, \(items.count) items of \(items.stride), limit \(limit)" }

    init(
        _ dice: inout Dice, users: Int? = nil, items: Int? = nil, limit: Int? = nil, factors: Int? = nil,
        hidesSome: Bool = true
    ) {
        let factors = factors ?? [1, 16, 20, 64, 100][dice.below(5)]
        let (userCount, itemCount) = (users ?? dice.below(80), items ?? dice.below(400))
        let isCoarse = dice.below(2) == 0
        self.users = Self.table(userCount, factors: factors, isCoarse: isCoarse, &dice)
        self.items = Self.table(itemCount, factors: factors, isCoarse: isCoarse, &dice)
        self.limit = limit ?? 1 + dice.below(40)
        let some = { (dice: inout Dice) in
            hidesSome && itemCount > 0
                ? (0..<dice.below(1 + itemCount)).map { _ in UInt32(dice.below(itemCount)) } : []
        }
        unavailable = Array(some(&dice).prefix(itemCount / 4))
        excluded = (0..<userCount).map { _ in some(&dice) }
    }

    func ranked() -> [[TopSelection.Choice]] {
        var ranker = BlockRanker(stride: items.stride, limit: limit)
        return ranked(with: &ranker)
    }

    func ranked(with ranker: inout BlockRanker) -> [[TopSelection.Choice]] {
        var lists: [[TopSelection.Choice]] = []
        let rows = (0..<users.count).reversed().map { UInt32($0) }
        ranker.rank(rows, of: users, over: items, unavailable: unavailable) { user, hide in
            for item in excluded[Int(user)] { hide(item) }
        } _: { user, list in
            #expect(user == rows[lists.count])
            lists.append(list)
        }
        return lists.reversed()
    }

    func sorted() -> [[TopSelection.Choice]] {
        (0..<users.count).map { user in
            var scores = [Float](repeating: 0, count: items.count)
            items.scores(users[UInt32(user)], into: &scores)
            let hidden = Set(unavailable + excluded[user])
            let rows = scores.indices.map { UInt32($0) }.filter { !hidden.contains($0) }
            let best = rows.sorted { (-scores[Int($0)], $0) < (-scores[Int($1)], $1) }.prefix(limit)
            return best.map { TopSelection.Choice(row: $0, score: scores[Int($0)]) }
        }
    }

    /// Coarse factors make many equal scores.
    private static func table(_ rows: Int, factors: Int, isCoarse: Bool, _ dice: inout Dice) -> FactorTable {
        var table = FactorTable(factors: factors)
        for row in 0..<rows {
            table.addZeros()
            table.fill(UInt32(row), factors: factors, reach: 1, dice: &dice)
            guard isCoarse else { continue }
            // Swift 6.3.1 with ThreadSanitizer cannot compile a change through a pointer that the table hands out.
            let values = table[UInt32(row)]
            for k in 0..<factors { values[k].round() }
        }
        return table
    }
}
