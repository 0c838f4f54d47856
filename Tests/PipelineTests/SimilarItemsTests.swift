import Testing

@testable import Pipeline

@Suite struct SimilarItemsTests {
    /// Takes all that is owed, a thousand a second.
    private func all(_ similar: inout SimilarItems, fromMs: Int64) -> [UInt32] {
        var items: [UInt32] = []
        for ms in 0..<100 {
            let some = Array(similar.due(nowMs: fromMs + Int64(ms)))
            items += some
            similar.written(some.count)
        }
        return items
    }

    @Test func anItemIsOwedOnceUntilItIsWritten() {
        var similar = SimilarItems()
        for item in [4, 2, 4, 9] as [UInt32] { similar.mark(item) }
        let first = Array(similar.due(nowMs: 0))
        let again = Array(similar.due(nowMs: 1))
        #expect(first == [4] && again == [4])
        similar.written(1)
        similar.mark(4)
        let rest = all(&similar, fromMs: 2)
        #expect(rest == [2, 9, 4])
    }

    @Test func aLostServerOwesAllItems() {
        var similar = SimilarItems()
        similar.mark(1)
        similar.markAll(below: 4)
        let owed = all(&similar, fromMs: 0)
        #expect(owed == [1, 0, 2, 3])
    }

    /// However long nobody asked, what comes at once is little.
    @Test(arguments: [(Int64(0), 0), (1, 1), (7, 7), (16, 16), (1_000, 16), (3_600_000, 16), (-50, 0)])
    func soManyAreDue(passedMs: Int64, count: Int) {
        var similar = SimilarItems()
        similar.markAll(below: 100)
        _ = similar.due(nowMs: 1_000)
        let due = similar.due(nowMs: 1_000 + passedMs).count
        #expect(due == count)
    }
}
