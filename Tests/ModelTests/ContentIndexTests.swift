import Events
import Testing

@testable import Model

@Suite struct ContentIndexTests {
    @Test func rareFeaturesTellMore() {
        var index = ContentIndex()
        for row in 0..<8 {
            var entry = Catalog.Entry()
            entry.genres = row == 0 ? [0, 1] : [0]
            index.describe(UInt32(row), as: entry)
        }
        #expect(index.of(0).map { index.rarity(of: $0) } == [1, 4])
        #expect(index.norm(of: 0) == Float(17).squareRoot())
        #expect(index.norm(of: 99) == 0)
    }

    @Test func erasOverlap() {
        var index = ContentIndex()
        for (row, year) in [1_989, 1_991, 1_999, 1_950].enumerated() {
            var entry = Catalog.Entry()
            entry.year = year
            index.describe(UInt32(row), as: entry)
        }
        let likeness = (1..<4).map { Self.cosine(index, 0, UInt32($0)) }
        #expect(likeness[0] > 0.2 && likeness[1] == 0 && likeness[2] == 0)
    }

    @Test(arguments: [Int.min, -1, 0, 9_999, .max])
    func takesAnyYear(year: Int) {
        var index = ContentIndex()
        var entry = Catalog.Entry()
        entry.year = year
        index.describe(0, as: entry)
        #expect(index.of(0).count == 2)
    }

    /// However often items are described anew, the index is that of the last descriptions.
    @Test func describingAnewLeavesNothingBehind() {
        var dice = Dice(seed: 3)
        var (changed, fresh) = (ContentIndex(), ContentIndex())
        var last: [Catalog.Entry] = []
        for round in 0..<2_000 {
            for row in 0..<30 {
                var entry = Catalog.Entry()
                entry.genres = (0..<dice.below(4)).map { _ in UInt16(dice.below(6)) }
                entry.people = (0..<dice.below(3)).map { _ in "p\(dice.below(9))" }
                changed.describe(UInt32(row), as: entry)
                if round == 1_999 { last.append(entry) }
            }
        }
        for (row, entry) in last.enumerated() { fresh.describe(UInt32(row), as: entry) }
        for one in 0..<UInt32(30) {
            #expect(abs(changed.norm(of: one) - fresh.norm(of: one)) < 1e-4)
            for other in 0..<UInt32(30) {
                #expect(abs(Self.cosine(changed, one, other) - Self.cosine(fresh, one, other)) < 1e-4)
            }
        }
    }

    @Test func namesOnceWhatIsNamedTwice() {
        var index = ContentIndex()
        var entry = Catalog.Entry()
        (entry.genres, entry.people) = ([3, 3], ["a", "a"])
        index.describe(0, as: entry)
        #expect(index.of(0).count == 2)
        #expect(abs(Self.cosine(index, 0, 0) - 1) < 1e-6)
    }

    /// The fast sum over features is that of the formula.
    @Test func tasteAgreesWithTheFormula() {
        var (index, dice) = (ContentIndex(), Dice(seed: 5))
        for row in 0..<UInt32(40) {
            var entry = Catalog.Entry()
            entry.genres = (0..<dice.below(4)).map { _ in UInt16(dice.below(7)) }
            if dice.below(3) > 0 { entry.year = 1_900 + dice.below(100) }
            index.describe(row, as: entry)
        }
        var acts: [UserProfile.Act] = []
        for place in 0..<12 {
            let action: Action = place % 4 == 0 ? .dislike : .rating
            acts.append(
                UserProfile.Act(
                    item: UInt32(3 * place), action: action, value: 4, timestampMs: Int64(place),
                    isPositive: place % 3 == 0))
        }
        var sheet = ScoreSheet()
        ContentTaste(acts).score(index, items: 40, on: &sheet)
        for item in 0..<UInt32(40) {
            var (sum, weights, fading): (Float, Float, Float) = (0, 0, 1)
            for act in acts.reversed() {
                sum += fading * act.liking * Self.cosine(index, act.item, item)
                weights += abs(fading * act.liking)
                fading *= 0.98
            }
            #expect(abs(sheet[item] - sum / weights) < 1e-5)
        }
    }

    private static func cosine(_ index: ContentIndex, _ one: UInt32, _ other: UInt32) -> Float {
        index.cosine(one, other, norms: index.norm(of: one) * index.norm(of: other))
    }
}
