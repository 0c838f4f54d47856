import Testing

@testable import RatingFiles

@Suite struct TimeOrderTests {
    @Test(arguments: [0, 1, 2, 1000, 50_000])
    func isStable(count: Int) throws {
        for span in [1, 2, 2048, 1 << 23, 3_000_000_000] as [Int64] {
            var dice = SeededGenerator(seed: UInt64(span) &+ UInt64(count))
            let header = "user,item,rating,timestamp\n"
            let text = (0..<count).map { _ in
                "1,2,3,\(700_000_000 + Int64.random(in: 0..<span, using: &dice))\n"
            }
            let (_, table) = try read((header + text.joined()).utf8)
            let times = table.columns.timestampsMs
            let expected = times.indices.sorted { (times[$0], $0) < (times[$1], $1) }
            #expect(table.columns.timeOrder().map(Int.init) == expected)
            #expect(table.columns.sortedByTime().timestampsMs == times.sorted())
        }
    }
}
