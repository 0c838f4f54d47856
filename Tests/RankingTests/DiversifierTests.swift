import Model
import Testing

@testable import Ranking

@Suite struct DiversifierTests {
    @Test(arguments: [Float(0.01), 0.1, 0.3, 0.5, 0.9, 1])
    func agreesWithTheFormula(strength: Float) {
        let model = Taught.twoTastes()
        for user in 0..<UInt32(10) {
            let candidates = Self.candidates(of: user, model)
            let order = Diversifier(strength: strength).order(candidates, size: 20, model: model)
            #expect(order == Self.slowly(candidates, strength: strength, size: 20, model))
        }
    }

    @Test func withoutStrengthNothingMoves() {
        let model = Taught.twoTastes()
        var plain = Ranker(options: RankingOptions(), factors: 64)
        var options = RankingOptions()
        options.diversity = 0
        var still = Ranker(options: options, factors: 64)
        options.diversity = .leastNonzeroMagnitude
        var hardly = Ranker(options: options, factors: 64)
        for user in 0..<UInt32(20) {
            let wanted = plain.entries(user: user, model: model)
            #expect(still.entries(user: user, model: model) == wanted)
            #expect(hardly.entries(user: user, model: model) == wanted)
        }
    }

    @Test func theStrongerTheLessAlike() {
        let model = Taught.twoTastes()
        let likeness = [Float(0), 0.3, 0.7].map { strength in
            var options = RankingOptions()
            (options.diversity, options.size) = (strength, 10)
            var ranker = Ranker(options: options, factors: 64)
            return (0..<UInt32(30)).reduce(Float(0)) { sum, user in
                let rows = ranker.entries(user: user, model: model).compactMap {
                    model.items.row(of: $0.item)
                }
                return sum + Self.likeness(within: rows, model)
            }
        }
        #expect(likeness[0] > likeness[1] && likeness[1] > likeness[2])
    }

    @Test func theBestStaysFirst() {
        let model = Taught.twoTastes()
        for strength in [Float(0.2), 1] {
            var options = RankingOptions()
            options.diversity = strength
            var ranker = Ranker(options: options, factors: 64)
            let explanation = ranker.explain(user: 4, model: model)
            #expect(explanation.items.first?.place == 0)
            #expect(explanation.items.map(\.place) != Array(0..<20))
        }
    }

    @Test(arguments: [0, 1, 3])
    func takesFewCandidates(count: Int) {
        let model = Taught.twoTastes()
        let candidates = Array(Self.candidates(of: 0, model).prefix(count))
        let order = Diversifier(strength: 0.5).order(candidates, size: 20, model: model)
        #expect(order.sorted() == Array(0..<count))
    }

    /// Equal scores: relevance says nothing, and nothing is divided by nothing.
    @Test func takesEqualScores() {
        let model = Taught.twoTastes()
        let candidates = (0..<UInt32(10)).map { TopSelection.Choice(row: $0, score: 2) }
        let order = Diversifier(strength: 0.5).order(candidates, size: 5, model: model)
        #expect(order == Self.slowly(candidates, strength: 0.5, size: 5, model))
    }

    @Test func likenessIsSymmetricAndBounded() {
        let model = Taught.twoTastes()
        let shapes = (0..<UInt32(60)).map { model.shape(of: $0) }
        for one in shapes {
            for other in shapes {
                let likeness = model.likeness(one, other)
                #expect((0...1.0001).contains(likeness))
                #expect(likeness == model.likeness(other, one))
            }
            #expect(abs(model.likeness(one, one) - 1) < 1e-4)
        }
    }

    private static func candidates(of user: UInt32, _ model: borrowing Model) -> [TopSelection.Choice] {
        var sheet = ScoreSheet()
        model.score(user: user, on: &sheet)
        var pool = TopSelection(limit: Diversifier.poolSize(for: 20))
        return sheet.withScores { pool.best(of: $0) }
    }

    /// The formula as it stands in the paper, looked up anew for each place.
    private static func slowly(
        _ candidates: [TopSelection.Choice], strength: Float, size: Int, _ model: borrowing Model
    ) -> [Int] {
        let (high, low) = (candidates.first?.score ?? 0, candidates.last?.score ?? 0)
        var list: [Int] = []
        while list.count < min(size, candidates.count) {
            var values: [(place: Int, value: Float)] = []
            for place in candidates.indices where !list.contains(place) {
                var likeness: Float = 0
                for other in list {
                    likeness = max(
                        likeness,
                        model.likeness(
                            model.shape(of: candidates[other].row), model.shape(of: candidates[place].row)))
                }
                let relevance = high > low ? (candidates[place].score - low) / (high - low) : 1
                values.append((place, (1 - strength) * relevance - strength * likeness))
            }
            let best = values.map(\.value).max()
            list.append(values.first { $0.value == best }?.place ?? 0)
        }
        return list
    }

    private static func likeness(within rows: [UInt32], _ model: borrowing Model) -> Float {
        var sum: Float = 0
        for one in rows {
            for other in rows where other > one {
                sum += model.likeness(model.shape(of: one), model.shape(of: other))
            }
        }
        return sum
    }
}
