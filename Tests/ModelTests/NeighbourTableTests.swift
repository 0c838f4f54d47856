import Testing

@testable import Model

@Suite struct NeighbourTableTests {
    @Test func addsUpAndForgetsByVisits() {
        var row = NeighbourRow()
        row.add(1, towards: 5, entriesMax: 4)
        row.inflate(by: 2)
        row.add(1, towards: 5, entriesMax: 4)
        row.add(3, towards: 6, entriesMax: 4)
        #expect(row.weight(towards: 5) == 1.5, "the first one has halved")
        #expect(row.weight(towards: 6) == 3)
        #expect(row.weight(towards: 7) == 0)
    }

    @Test func inflationNeverRunsAway() {
        var row = NeighbourRow()
        for _ in 0..<10_000 {
            row.add(1, towards: 1, entriesMax: 4)
            row.inflate(by: 1.5)
        }
        #expect(row.inflation <= 1.5e6)
        #expect(row.weight(towards: 1).isFinite && row.weight(towards: 1) > 1)
    }

    /// A full row gives up its lightest quarter, and never what it was just given.
    @Test func aFullRowKeepsWhatWeighsMost() {
        var row = NeighbourRow()
        for item in 0..<8 as Range<UInt32> { row.add(Float(item + 1), towards: item, entriesMax: 8) }
        row.add(0.5, towards: 100, entriesMax: 8)
        #expect(row.count == 7)
        #expect(row.weight(towards: 100) == 0.5)
        #expect(row.weight(towards: 7) == 8)
        #expect(row.weight(towards: 0) == 0)
    }

    @Test func aRowOfEqualsStaysBounded() {
        var row = NeighbourRow()
        for item in 0..<1_000 as Range<UInt32> {
            row.add(1, towards: item, entriesMax: 16)
            #expect(row.count <= 16)
        }
        #expect(row.weight(towards: 999) == 1)
    }
}
