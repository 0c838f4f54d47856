import Model
import Testing

@testable import Ranking

@Suite struct TopSelectionTests {
    /// The same choice as sorting everything, for many sizes and with many equal scores.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func agreesWithSorting(seed: UInt64) {
        var dice = Dice(seed: seed)
        let scores = (0..<dice.below(500)).map { _ in
            dice.below(10) == 0 ? -Float.infinity : Float(dice.below(30)) / 7
        }
        let limit = 1 + dice.below(40)
        let sorted = scores.indices.filter { scores[$0] > -.infinity }
            .sorted { (-scores[$0], $0) < (-scores[$1], $1) }.prefix(limit)
        var selection = TopSelection(limit: limit)
        for round in 0..<2 {
            let best = scores.withUnsafeBufferPointer { selection.best(of: $0) }
            #expect(best.map(\.row) == sorted.map(UInt32.init), "use \(round)")
        }
    }

    @Test func whatIsNotANumberNeverGetsIn() {
        var selection = TopSelection(limit: 3)
        let best = [Float.nan, 1, -.infinity, .nan, 2].withUnsafeBufferPointer { selection.best(of: $0) }
        #expect(best.map(\.row) == [4, 1])
        let none = [Float]().withUnsafeBufferPointer { selection.best(of: $0) }
        #expect(none.isEmpty)
    }
}
