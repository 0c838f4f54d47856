import Events
import Model
import Ranking
import State
import Testing

@Suite struct RankerTests {
    @Test func leavesOutWhatTheUserRatedAndWhatIsNotAvailable() {
        var model = Self.model()
        _ = model.describe(CatalogItem(item: Self.id("i3"), available: false))
        var ranker = Ranker(options: RankingOptions(), factors: 64)
        let items = Self.items(ranker.entries(user: 0, model: model))
        #expect(!items.isEmpty)
        #expect(Set(items).isDisjoint(with: ["i0", "i1", "i3"]))

        _ = model.describe(CatalogItem(item: Self.id("i3"), available: true))
        let again = Self.items(ranker.entries(user: 0, model: model))
        #expect(again.contains("i3"))
    }

    @Test func cutsToTheSizeAndSortsByScore() {
        let model = Self.model()
        var options = RankingOptions()
        options.size = 3
        var ranker = Ranker(options: options, factors: 64)
        let entries = ranker.entries(user: 0, model: model)
        #expect(entries.count == 3)
        #expect(entries.map(\.score) == entries.map(\.score).sorted(by: >))
    }

    /// What speaks for an item is something that the user did.
    @Test func theReasonIsAnItemOfTheUser() {
        let model = Self.model()
        var ranker = Ranker(options: RankingOptions(), factors: 64)
        let reasons = ranker.entries(user: 0, model: model).compactMap(\.because?.text)
        #expect(!reasons.isEmpty)
        #expect(Set(reasons).isSubset(of: ["i0", "i1"]))
    }

    @Test func rankingChangesNothing() {
        let model = Self.model()
        var ranker = Ranker(options: RankingOptions(), factors: 64)
        let first = ranker.entries(user: 1, model: model)
        _ = ranker.entries(user: 0, model: model)
        #expect(ranker.entries(user: 1, model: model) == first)
        #expect(model.items.count == 8)
    }

    @Test func aSharedListHoldsOnlyWhatSomebodyTouched() {
        var model = Self.model()
        _ = model.describe(CatalogItem(item: Self.id("new"), genres: ["a"]))
        var ranker = Ranker(options: RankingOptions(), factors: 64)
        let items = Self.items(ranker.entries(model: model) { $0.scorePopular(on: &$1) })
        #expect(items.count == 8)
        #expect(!items.contains("new"))
    }

    /// Five users, eight items; user 0 rated i0 and i1, which the others rated together with the rest.
    private static func model() -> Model {
        var model = Model(options: ModelOptions())
        let acts = [
            (1, 0), (1, 1), (1, 2), (1, 3), (2, 1), (2, 0), (2, 4), (2, 5), (3, 0), (3, 6), (4, 1), (4, 7),
        ]
        for (time, (user, item)) in ([(0, 0), (0, 1)] + acts).enumerated() {
            let interaction = Interaction(
                action: .rating, user: id("u\(user)"), item: id("i\(item)"), value: 5,
                timestampMs: Int64(time) * 1_000, identity: EventIdentity(high: 0, low: UInt64(time)))
            _ = model.learn(interaction, judges: false)
        }
        return model
    }

    private static func id(_ text: String) -> Identifier {
        guard let id = Identifier(text) else { preconditionFailure("a short id is an id") }
        return id
    }

    private static func items(_ entries: [TopList.Entry]) -> [String] { entries.map(\.item.text) }
}

extension Model {
    /// Learns without anybody keeping the state.
    fileprivate mutating func learn(_ interaction: Interaction, judges: Bool) -> Lesson {
        var recorder = StateRecorder()
        return learn(interaction, judges: judges, recorder: &recorder)
    }

    fileprivate mutating func describe(_ item: CatalogItem) -> Bool {
        var recorder = StateRecorder()
        return describe(item, recorder: &recorder)
    }
}
