import Testing

@testable import Pipeline

@Suite struct SimilarItemsTests {
    @Test func anItemIsOwedOnceUntilItIsWritten() {
        var similar = SimilarItems()
        for item in [4, 2, 4, 9] as [UInt32] { similar.mark(item) }
        #expect(Array(similar.next(limit: 2)) == [4, 2])
        similar.written(2)
        similar.mark(4)
        #expect(Array(similar.next(limit: 10)) == [9, 4])
    }

    @Test func aLostServerOwesAllItems() {
        var similar = SimilarItems()
        similar.mark(1)
        similar.markAll(below: 4)
        #expect(Array(similar.next(limit: 10)) == [1, 0, 2, 3])
    }
}
