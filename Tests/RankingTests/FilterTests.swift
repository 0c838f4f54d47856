import Events
import Model
import Testing

@testable import Ranking

@Suite struct FilterTests {
    struct Case: Sendable {
        var allow: Set<String> = []
        var deny: Set<String> = []
        var allowGenres: Set<String> = []
        var denyGenres: Set<String> = []
        /// Of the items 0 to 4.
        var listed: [UInt32]

        var filter: ListFilter {
            var filter = ListFilter()
            filter.allow = Set(allow.map(Taught.id))
            filter.deny = Set(deny.map(Taught.id))
            (filter.allowGenres, filter.denyGenres) = (allowGenres, denyGenres)
            return filter
        }
    }

    private static let cases: [Case] = [
        Case(listed: [0, 1, 2, 3, 4]),
        Case(deny: ["i1", "unheard of"], listed: [0, 2, 3, 4]),
        Case(allow: ["i1", "i2"], listed: [1, 2]),
        Case(allow: ["i1", "i2"], deny: ["i2"], listed: [1]),
        Case(allow: ["unheard of"], listed: []),
        Case(allowGenres: ["WAR"], listed: [1, 2]),
        Case(denyGenres: ["war"], listed: [0, 3, 4]),
        Case(allowGenres: ["Drama", "War"], denyGenres: ["Drama"], listed: [1]),
        Case(deny: ["i0"], denyGenres: ["Drama"], listed: [1, 3, 4]),
        Case(allowGenres: ["nothing is called so"], listed: []),
    ]

    @Test(arguments: cases)
    func listsOnlyWhatPasses(one: Case) {
        let model = Self.model()
        var mask = FilterMask(one.filter)
        mask.follow(model)
        #expect((0..<UInt32(5)).filter { !mask[$0] } == one.listed)
        #expect(mask.hidden == (0..<UInt32(5)).filter { !one.listed.contains($0) })
        var options = RankingOptions()
        options.filter = one.filter
        var ranker = Ranker(options: options, factors: 64)
        let shared = ranker.entries(model: model) { $0.scorePopular(on: &$1) }
        #expect(shared.compactMap { model.items.row(of: $0.item) }.sorted() == one.listed)
    }

    @Test(arguments: cases)
    func followsWhatComesAndChanges(one: Case) {
        var model = Self.model()
        var mask = FilterMask(one.filter)
        mask.follow(model)
        // War becomes drama, drama becomes war, and more items come.
        for item in 0..<3 { Taught.describe(&model, item, genres: item == 1 ? ["Drama"] : ["War"]) }
        mask.follow(model)
        for item in 5..<9 { Taught.describe(&model, item, genres: item % 2 == 0 ? ["War"] : []) }
        mask.follow(model)
        var fresh = FilterMask(one.filter)
        fresh.follow(model)
        #expect(mask.hidden == fresh.hidden)
        let genres = ListFilter.Genres(one.filter, names: model.catalog.genreNames)
        for row in 0..<UInt32(model.items.count) {
            let rule = one.filter.rule(against: row, model, genres: genres)
            #expect(mask[row] == (rule != nil))
        }
    }

    /// What follows an item is filtered like everything else, and an emptied list is told from one that never was.
    @Test func neighboursPassToo() {
        let model = Self.model()
        var options = RankingOptions()
        options.filter.allow = [Taught.id("i2")]
        var ranker = Ranker(options: options, factors: 64)
        #expect(ranker.neighbours(of: 0, model: model)?.map(\.item.text) == ["i2"])
        #expect(ranker.neighbours(of: 2, model: model) == [])
        #expect(ranker.neighbours(of: 4, model: model) == nil)
    }

    @Test func anOlderListLosesWhatIsForbiddenNow() {
        var model = Self.model()
        var ranker = Ranker(options: RankingOptions(), factors: 64)
        let list = ranker.entries(model: model) { $0.scorePopular(on: &$1) }
        Taught.describe(&model, 3, genres: [], available: false)
        var options = RankingOptions()
        options.filter.deny = [Taught.id("i0")]
        var strict = Ranker(options: options, factors: 64)
        let left = strict.stillListed(list, model: model).map(\.item.text)
        #expect(left == list.map(\.item.text).filter { $0 != "i0" && $0 != "i3" })
    }

    /// Items 0 to 4: drama, war, both, nothing, and one that was rated alone.
    private static func model() -> Model {
        var model = Model(options: ModelOptions())
        for (item, genres) in [["Drama"], ["War"], ["War", "Drama"], []].enumerated() {
            Taught.describe(&model, item, genres: genres)
        }
        for user in 0..<4 {
            for item in 0..<4 { Taught.rate(&model, "u\(user)", item, 5, at: user * 10 + item) }
        }
        Taught.rate(&model, "alone", 4, 5, at: 100)
        return model
    }
}
