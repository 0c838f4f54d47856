import Testing

@testable import RatingFiles

@Suite struct LastOfEachPairTests {
    /// Agrees with a look at every later row.
    @Test(arguments: [0, 1, 2, 40, 600])
    func areTheLastWantedOfTheirPair(count: Int) throws {
        var dice = SeededGenerator(seed: UInt64(count))
        let rows = (0..<count).map { row in
            "u\(Int.random(in: 0..<12, using: &dice)),i\(Int.random(in: 0..<15, using: &dice)),3,\(700_000_000 + row)\n"
        }
        let (_, table) = try read("user,item,rating,timestamp\n\(rows.joined())".utf8)
        let columns = table.columns
        for skipped in [1, 3] {
            let isWanted = { (row: Int) in skipped == 1 || row % skipped != 0 }
            let expected = (0..<columns.count).filter { row in
                isWanted(row)
                    && !(row + 1..<columns.count).contains {
                        isWanted($0) && columns.users[$0] == columns.users[row]
                            && columns.items[$0] == columns.items[row]
                    }
            }
            #expect(table.lastOfEachPair(where: isWanted) == expected)
        }
    }
}
