import Glibc
import Testing

@testable import Evaluation

@Suite struct RankingFiguresTests {
    /// One list each: where what was wanted stood, counted from 0, and how much was wanted.
    private static let lists: [(ranks: [Int], wanted: Int)] = [
        ([0], 1), ([4], 1), ([5], 1), ([9], 1), ([10], 1), ([19], 1), ([20], 1), ([], 1), ([0, 1, 2], 3),
        ([3, 7, 100], 12), ([0, 4, 5, 9, 10, 19], 30), ([], 4),
    ]

    @Test(arguments: lists) func oneListIsWhatTheDefinitionsSay(ranks: [Int], wanted: Int) {
        var figures = RankingFigures()
        figures.note(ranks: ranks, wanted: wanted)
        for cutoff in RankingFigures.cutoffs {
            let found = (0..<cutoff).map { ranks.contains($0) ? 1.0 : 0 }
            let ideal = (0..<cutoff).map { $0 < wanted ? 1.0 : 0 }
            let gain = { (list: [Double]) in
                list.enumerated().reduce(0) { $0 + $1.element / log2(Double($1.offset + 2)) }
            }
            #expect(figures.hitRatio(at: cutoff) == (found.contains(1) ? 1 : 0))
            #expect(isClose(figures.ndcg(at: cutoff), gain(found) / gain(ideal)))
            #expect(isClose(figures.recall(at: cutoff), found.reduce(0, +) / Double(wanted)))
            #expect(isClose(figures.precision(at: cutoff), found.reduce(0, +) / Double(cutoff)))
            let first = found.firstIndex(of: 1)
            #expect(isClose(figures.mrr(at: cutoff), first.map { 1 / Double($0 + 1) } ?? 0))
        }
        #expect(isClose(figures.mrr, ranks.first.map { 1 / Double($0 + 1) } ?? 0))
    }

    @Test func figuresAreMeansOverTheLists() {
        var all = RankingFigures()
        var sum = 0.0
        for (ranks, wanted) in Self.lists {
            all.note(ranks: ranks, wanted: wanted)
            var one = RankingFigures()
            one.note(ranks: ranks, wanted: wanted)
            sum += one.ndcg(at: 10) ?? 0
        }
        #expect(all.count == UInt64(Self.lists.count))
        #expect(isClose(all.ndcg(at: 10), sum / Double(Self.lists.count)))
    }

    @Test func beforeTheFirstListThereIsNoFigure() {
        let none = RankingFigures()
        #expect(none.hitRatio(at: 5) == nil && none.ndcg(at: 10) == nil && none.recall(at: 20) == nil)
        #expect(none.precision(at: 5) == nil && none.mrr == nil && none.mrr(at: 5) == nil)
    }

    private func isClose(_ figure: Double?, _ expected: Double) -> Bool {
        abs((figure ?? .nan) - expected) < 1e-9
    }
}
