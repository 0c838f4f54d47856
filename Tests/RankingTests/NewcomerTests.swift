import Events
import Model
import Ranking
import State
import Testing

/// Items 58 and 59 are in the catalogue alone: a comedy of 1998 and a horror of 1979.
@Suite struct NewcomerTests {
    private static let size = 20

    /// Users with an even number took in comedies, the others horror.
    @Test(arguments: 0..<20)
    func whatNobodyTouchedIsListedForThoseWhoLikeItsKind(user: Int) {
        let items = Self.list(of: user)
        #expect(items.count == Self.size)
        #expect(items.last == (user % 2 == 0 ? "i58" : "i59"))
        #expect(!items.dropLast().contains("i58") && !items.dropLast().contains("i59"))
    }

    @Test func oneThatIsNotLikedTakesNobodysPlace() {
        let newcomers = [
            Newcomer(row: 7, score: -1, liking: 0), Newcomer(row: 8, score: -.infinity, liking: 2),
            Newcomer(row: 9, score: -2, liking: -1),
        ]
        #expect(Self.filled(places: 2, with: newcomers).map(\.row) == Array(0..<20))
    }

    @Test func theMostLikedStandLastByTheirScores() {
        let newcomers = [
            Newcomer(row: 30, score: -3, liking: 0.2), Newcomer(row: 31, score: -2, liking: 0.1),
            Newcomer(row: 32, score: -1, liking: 0.1), Newcomer(row: 5, score: 15, liking: 9),
        ]
        let list = Self.filled(places: 2, with: newcomers)
        #expect(list.map(\.row) == Array(0..<18) + [31, 30])
        #expect(list.suffix(2).map(\.score) == [-2, -3])
    }

    /// A short list has no place to spare, and a list that is not full none to lose.
    @Test(arguments: [(9, 0), (10, 1), (20, 2), (50, 3)])
    func atMostOneInTenIsKept(size: Int, kept: Int) {
        let newcomers = (60..<63).map { Newcomer(row: $0, score: -1, liking: 1) }
        #expect(Self.filled(size: size, places: 3, with: newcomers).suffix(3).count { $0.row >= 60 } == kept)
        var short = [TopSelection.Choice(row: 1, score: 1)]
        var newcomerPlaces = NewcomerPlaces(3, by: .hybrid)
        newcomerPlaces.fill(&short, size: size, with: newcomers[...])
        #expect(short.count == 1 + kept)
    }

    /// One part alone has its own view of them, and who wants none has none.
    @Test(arguments: [(Algorithm.neighbours, 1), (.collaborative, 1), (.popular, 1), (.hybrid, 0)])
    func otherListsHaveNone(algorithm: Algorithm, places: Int) {
        var options = RankingOptions()
        options.algorithm = algorithm
        options.newcomers = places
        #expect(!Self.list(of: 4, options).contains("i58"))
    }

    @Test func whatMustNotBeListedIsNot() {
        var options = RankingOptions()
        options.filter.deny = [Taught.id("i58")]
        #expect(!Self.list(of: 4, options).contains("i58"))
    }

    /// With its fifth act an item stands for itself, and with time even one that few acted on.
    @Test func whoIsKnownIsNoNewcomerAnyMore() {
        var model = Taught.twoTastes()
        #expect(Self.newcomers(in: model) == ["i58", "i59"])
        for place in 0..<4 { Taught.rate(&model, "u\(place)", 59, 5, at: 40_000 + place) }
        #expect(Self.newcomers(in: model) == ["i58", "i59"])
        Taught.rate(&model, "u4", 59, 5, at: 40_010)
        #expect(Self.newcomers(in: model) == ["i58"])
        for place in 0..<20 {
            Taught.rate(&model, "u\(place)", 58 - 58 * min(place, 1), 5, at: 50_000 + place)
        }
        #expect(Self.newcomers(in: model) == [])
    }

    private static func newcomers(in model: borrowing Model) -> [String] {
        var sheet = ScoreSheet()
        model.score(user: 0, by: .hybrid, on: &sheet)
        var names: [String] = []
        for newcomer in model.newcomers(on: sheet) {
            names.append(model.items.name(of: newcomer.row).description)
        }
        return names
    }

    private static func list(of user: Int, _ options: RankingOptions = RankingOptions()) -> [String] {
        let model = Taught.twoTastes()
        var ranker = Ranker(options: options, factors: ModelOptions().factors)
        let name = Taught.id("u\(user)")
        guard let row = model.users.row(of: name) else {
            Issue.record("\(name) is not known")
            return []
        }
        return ranker.entries(user: row, model: model).map(\.item.description)
    }

    private static func filled(
        size: Int = size, places: Int, with newcomers: [Newcomer]
    ) -> [TopSelection.Choice] {
        var list = (0..<UInt32(size)).map { TopSelection.Choice(row: $0, score: Float(size - Int($0))) }
        var newcomerPlaces = NewcomerPlaces(places, by: .hybrid)
        newcomerPlaces.fill(&list, size: size, with: newcomers[...])
        return list
    }
}
