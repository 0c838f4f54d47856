import Testing

@testable import State

@Suite struct ChangeLogTests {
    /// The same answers as two plain sets, over a random sequence of calls.
    @Test(arguments: 1..<20 as Range<UInt64>)
    func agreesWithPlainSets(seed: UInt64) {
        var log = ChangeLog()
        var (changed, owed) = (Set<Int>(), Set<Int>())
        var numbers = seed
        func number(below bound: UInt64) -> Int {
            numbers = numbers &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((numbers >> 33) % bound)
        }
        for _ in 0..<3_000 {
            switch number(below: 10) {
            case 0 where owed.isEmpty:
                log.begin()
                (owed, changed) = (changed, [])
            case 1, 2, 3:
                let taken = log.takeOwed()
                #expect(taken.map { owed.contains($0) } ?? owed.isEmpty)
                if let taken { owed.remove(taken) }
            default:
                let row = number(below: 500)
                let mustCopy = log.willChange(row)
                #expect(mustCopy == (owed.remove(row) != nil))
                changed.insert(row)
            }
            #expect(log.owedCount == owed.count)
        }
    }

    @Test func givesWhatIsOwedInRisingOrder() {
        var log = ChangeLog()
        for row in [700, 3, 64, 63] { _ = log.willChange(row) }
        log.begin()
        var taken: [Int] = []
        while let row = log.takeOwed() { taken.append(row) }
        #expect(taken == [3, 63, 64, 700])
    }
}
