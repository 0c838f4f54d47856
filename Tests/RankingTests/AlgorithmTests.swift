import Events
import Model
import Testing

@testable import Ranking

/// What every algorithm must hold to, and what is its own.
@Suite struct AlgorithmTests {
    @Test(arguments: Algorithm.allCases)
    func keepsTheRulesOfLists(algorithm: Algorithm) {
        let model = Taught.twoTastes()
        var options = RankingOptions()
        options.algorithm = algorithm
        options.filter.deny = [Taught.id("i2"), Taught.id("i3")]
        options.filter.denyGenres = ["war"]
        var ranker = Ranker(options: options, factors: 64)
        for user in 0..<UInt32(model.users.count) {
            let entries = ranker.entries(user: user, model: model)
            let rows = entries.compactMap { model.items.row(of: $0.item) }
            let known = model.actsByRow(of: user).map(\.item)
            #expect(!rows.isEmpty && Set(rows).count == entries.count)
            #expect(Set(rows).isDisjoint(with: known))
            #expect(Set(rows).isDisjoint(with: [2, 3, 57]))
            #expect(rows.allSatisfy { $0 % 5 != 0 }, "no war")
            #expect(entries.allSatisfy { $0.score.isFinite })
            #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.score >= $1.score })
        }
    }

    @Test func eachMakesAnotherList() {
        let model = Taught.twoTastes()
        let lists = Algorithm.allCases.map { Self.list(of: 3, by: $0, model) }
        for one in lists.indices {
            for other in lists.indices where other > one { #expect(lists[one] != lists[other]) }
        }
    }

    @Test func theHybridIsTheDefault() {
        let model = Taught.twoTastes()
        var plain = ScoreSheet()
        var hybrid = ScoreSheet()
        model.score(user: 5, on: &plain)
        model.score(user: 5, by: .hybrid, on: &hybrid)
        let scores = (plain.withScores { Array($0) }, hybrid.withScores { Array($0) })
        #expect(scores.0 == scores.1)
        #expect(RankingOptions().algorithm == .hybrid)
    }

    /// Of what nobody has touched only the catalogue tells anything.
    @Test func contentFindsWhatNobodyTouched() {
        var model = Taught.twoTastes(events: 300)
        Taught.rate(&model, "new", 2, 5, at: 100_000)
        guard let user = model.users.row(of: Taught.id("new")) else { return #expect(Bool(false)) }
        let list = Self.list(of: user, by: .content, model, size: 60)
        let places = (list.firstIndex(of: "i58"), list.firstIndex(of: "i59"))
        #expect(places.0 ?? 99 < places.1 ?? 0, "a comedy for who likes comedies")
        #expect(list.prefix(20).allSatisfy { Int($0.dropFirst()).map { $0 % 2 == 0 } ?? false })
        for algorithm in [Algorithm.collaborative, .neighbours, .popular] {
            let list = Self.list(of: user, by: algorithm, model, size: 60)
            #expect(!list.contains("i58") && !list.contains("i59"))
        }
    }

    @Test func popularIsTheSameForAllButForWhatTheyKnow() {
        let model = Taught.twoTastes()
        var sheet = ScoreSheet()
        model.scoreTrending(on: &sheet)
        let order = (0..<58).sorted { (sheet[UInt32($0)], $1) > (sheet[UInt32($1)], $0) }.map { "i\($0)" }
        for user in [UInt32(0), 9, 30] {
            let known = model.actsByRow(of: user).map { model.items.name(of: $0.item).text }
            let wanted = order.filter { !known.contains($0) && $0 != "i57" }
            #expect(Self.list(of: user, by: .popular, model, size: 60) == wanted)
        }
    }

    @Test(arguments: Algorithm.allCases)
    func thePartsAddUpToTheScore(algorithm: Algorithm) {
        let model = Taught.twoTastes()
        var options = RankingOptions()
        options.algorithm = algorithm
        options.newcomers = 0
        var ranker = Ranker(options: options, factors: 64)
        for user in 0..<UInt32(20) {
            let plain = ranker.entries(user: user, model: model)
            let explanation = ranker.explain(user: user, model: model)
            #expect(explanation.items.map(\.entry) == plain, "to explain changes nothing")
            #expect(explanation.algorithm == algorithm)
            for item in explanation.items {
                #expect(item.parts.count == algorithm.parts.count)
                let (sum, score) = (item.parts.reduce(0, +), item.entry.score)
                #expect(
                    abs(sum - score) <= 1e-5 * max(1, abs(score)), "\(item.parts) make \(sum), not \(score)")
            }
            #expect(explanation.items.map(\.place) == Array(explanation.items.indices))
        }
    }

    /// The blend is more than one of its parts.
    @Test func theHybridHasAllItsParts() {
        let model = Taught.twoTastes()
        var ranker = Ranker(options: RankingOptions(), factors: 64)
        let items = (0..<UInt32(20)).flatMap { ranker.explain(user: $0, model: model).items }
        for part in Algorithm.hybrid.parts.indices { #expect(items.contains { $0.parts[part] != 0 }) }
    }

    /// Items 58 and 59 are in the catalogue alone: a comedy and a horror film that nobody saw yet.
    @Test func whatNobodyTouchedIsForThoseWhoLikeItsKind() {
        let model = Taught.twoTastes()
        var sheet = ScoreSheet()
        for user in 0..<UInt32(20) {
            let name = model.users.name(of: user).text
            let likesComedies = Int(name.dropFirst()).map { $0 % 2 == 0 } ?? false
            model.score(user: user, by: .hybrid, on: &sheet)
            #expect((sheet[58] > sheet[59]) == likesComedies, "\(name)")
            model.score(user: user, by: .neighbours, on: &sheet)
            #expect(sheet[58] == -.infinity && sheet[59] == -.infinity)
        }
    }

    @Test(arguments: Algorithm.allCases)
    func whoDidNothingGetsWhatIsWantedNow(algorithm: Algorithm) {
        let model = Taught.twoTastes()
        var options = RankingOptions()
        options.algorithm = algorithm
        options.filter.deny = [Taught.id("i4")]
        var request = ListFilter()
        request.denyGenres = ["Horror"]
        var ranker = Ranker(options: options, factors: 64)
        let explanation = ranker.explain(user: nil, request: request, model: model)
        #expect(explanation.algorithm == .popular)
        #expect(explanation.items.count == 20)
        #expect(explanation.items.allSatisfy { $0.row % 2 == 0 && $0.row != 4 && $0.row != 58 })
        #expect(explanation.items.allSatisfy { $0.parts == [$0.entry.score] && $0.entry.because == nil })
    }

    @Test(arguments: [Algorithm.hybrid, .collaborative, .content, .neighbours])
    func theReasonIsAnItemOfTheUser(algorithm: Algorithm) {
        let model = Taught.twoTastes()
        var options = RankingOptions()
        options.algorithm = algorithm
        var ranker = Ranker(options: options, factors: 64)
        let reasons = ranker.entries(user: 3, model: model).compactMap(\.because)
        let known = Set(model.actsByRow(of: 3).map { model.items.name(of: $0.item) })
        #expect(!reasons.isEmpty && Set(reasons).isSubset(of: known))
    }

    /// What was left out and what was listed are all there is, each once.
    @Test(arguments: Algorithm.allCases)
    func everyItemIsListedOrLeftOut(algorithm: Algorithm) {
        let model = Taught.twoTastes()
        var options = RankingOptions()
        (options.algorithm, options.size) = (algorithm, 60)
        options.filter.deny = [Taught.id("i2")]
        options.filter.denyGenres = ["War"]
        var request = ListFilter()
        request.deny = [Taught.id("i4"), Taught.id("never heard of")]
        request.allowGenres = ["comedy"]
        var ranker = Ranker(options: options, factors: 64)
        for user in 0..<UInt32(20) {
            let explanation = ranker.explain(user: user, request: request, model: model)
            let left = explanation.omissions.reduce(0) { $0 + $1.count }
            #expect(left + explanation.items.count == model.items.count)
            for omission in explanation.omissions {
                #expect(omission.examples.count == min(3, omission.count))
                #expect(Set(omission.examples).isDisjoint(with: explanation.items.map(\.row)))
            }
            #expect(explanation.omissions.first?.reason == .known)
        }
    }

    private static func list(
        of user: UInt32, by algorithm: Algorithm, _ model: borrowing Model, size: Int = 20
    ) -> [String] {
        var options = RankingOptions()
        (options.algorithm, options.size) = (algorithm, size)
        var ranker = Ranker(options: options, factors: 64)
        return ranker.entries(user: user, model: model).map(\.item.text)
    }
}
