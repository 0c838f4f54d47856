import Events
import Model
import Ranking
import State
import Testing

/// Lists that are made in blocks are those that are made one by one, in every bit.
@Suite struct RankerBlockTests {
    @Test(arguments: 0..<12 as Range<UInt64>)
    func aBlockAgreesWithOneByOne(seed: UInt64) {
        var dice = Dice(seed: seed)
        let crowd = Crowd(&dice)
        let users = (0..<UInt32(crowd.model.users.count)).map { $0 }
        var options = RankingOptions()
        options.size = 1 + dice.below(30)
        options.algorithm = Algorithm.allCases[dice.below(Algorithm.allCases.count)]
        options.diversity = dice.below(3) == 0 ? 0.3 : 0
        options.newcomers = dice.below(4)
        if dice.below(2) == 0 { options.filter.deny = [Crowd.id("i", 1), Crowd.id("i", 5)] }
        var one = Ranker(options: options, factors: crowd.factors)
        var many = Ranker(options: options, factors: crowd.factors)
        for some in [users[...], users.prefix(7), users.dropFirst(3).prefix(6), users.prefix(1)] {
            var seen: [UInt32] = []
            many.forEach(some, model: crowd.model) { user, entries in
                #expect(entries == one.entries(user: user, model: crowd.model), "user \(user)")
                seen.append(user)
            }
            #expect(seen == Array(some))
        }
    }

    @Test func nobodyIsNoFault() {
        let model = Model(options: ModelOptions())
        var ranker = Ranker(options: RankingOptions(), factors: 64)
        ranker.forEach([], model: model) { user, _ in Issue.record("nobody is user \(user)") }
    }
}

/// Users who rated some of the items, and some who only saw one pass by.
private final class Crowd {
    private(set) var model: Model
    let factors: Int

    init(_ dice: inout Dice) {
        factors = [8, 16, 64][dice.below(3)]
        var options = ModelOptions()
        options.factors = factors
        options.history = 1 + dice.below(30)
        options.neighbours = 4 + dice.below(40)
        model = Model(options: options)
        var recorder = StateRecorder()
        let (users, items) = (1 + dice.below(75), 1 + dice.below(300))
        for time in 0..<users * 12 {
            let rated = Interaction(
                action: dice.below(20) == 0 ? .impression : .rating, user: Self.id("u", dice.below(users)),
                item: Self.id("i", dice.below(items)), value: Float(1 + dice.below(5)),
                timestampMs: Int64(time) * 700, identity: EventIdentity(high: 1, low: UInt64(time)))
            _ = model.learn(rated, judges: false, recorder: &recorder)
        }
        // Some of which nobody has heard yet.
        for _ in 0..<items / 3 {
            let told = CatalogItem(
                item: Self.id("i", dice.below(items + 20)), genres: ["of kind \(dice.below(4))"])
            _ = model.describe(told, recorder: &recorder)
        }
        for _ in 0..<items / 10 {
            let gone = CatalogItem(item: Self.id("i", dice.below(items)), available: false)
            _ = model.describe(gone, recorder: &recorder)
        }
    }

    static func id(_ kind: String, _ number: Int) -> Identifier {
        guard let id = Identifier("\(kind)\(number)") else { preconditionFailure("a short id is an id") }
        return id
    }
}
