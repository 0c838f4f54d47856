import Testing

@testable import RatingFiles

@Suite struct RefusalTests {
    @Test(
        arguments: [
            ("1,2,3", .wrongColumnCount), ("1,2,3,1260759144,5", .wrongColumnCount),
            ("\t", .wrongColumnCount),
            ("\"1,2,3,1260759144", .brokenQuotes), ("\"1\"2,2,3,1260759144", .brokenQuotes),
            (",2,3,1260759144", .emptyUser), ("\"\",2,3,1260759144", .emptyUser),
            ("1, ,3,1260759144", .emptyItem),
            (String(repeating: "u", count: 129) + ",2,3,1260759144", .userTooLong),
            ("1," + String(repeating: "é", count: 65) + ",3,1260759144", .itemTooLong),
            (
                "1," + String(repeating: "\"\"", count: 0) + String(repeating: "i", count: 4000)
                    + ",3,1260759144", .itemTooLong
            ),
            ("1,2,,1260759144", .ratingNotANumber), ("1,2,five,1260759144", .ratingNotANumber),
            ("1,2,0x10,1260759144", .ratingNotANumber), ("1,2,4_5,1260759144", .ratingNotANumber),
            ("1,2,.,1260759144", .ratingNotANumber), ("1,2,1e,1260759144", .ratingNotANumber),
            ("1,2,NaN,1260759144", .ratingNotFinite), ("1,2,-Infinity,1260759144", .ratingNotFinite),
            ("1,2,1e99,1260759144", .ratingNotFinite), ("1,2,3,", .timestampNotATime),
            ("1,2,3,yesterday", .timestampNotATime), ("1,2,3,2009-02-30T00:00:00Z", .timestampNotATime),
            ("1,2,3,2009-02-13T23:31:30 GMT", .timestampNotATime),
            ("1,2,3,2009-02-13 UTC", .timestampNotATime), ("1,2,3,nan", .timestampNotATime),
            ("1,2,3,0", .timestampOutOfRange), ("1,2,3,-1260759144", .timestampOutOfRange),
            ("1,2,3,631151999", .timestampOutOfRange), ("1,2,3,4102444800", .timestampOutOfRange),
            ("1,2,3,99999999999999999999999", .timestampOutOfRange), ("1,2,3,1e300", .timestampOutOfRange),
            ("1,2,3,0001-01-01T00:00:00Z", .timestampOutOfRange),
            ("1,2,3,9999-12-31T23:59:59Z", .timestampOutOfRange),
        ] as [(String, RowFault)])
    func namesTheReason(row: String, fault: RowFault) throws {
        let sound = "5,6,3.5,1260759144"
        let (file, table) = try read("\(sound)\n\n\(row)\n\(sound)\n".utf8)
        #expect(table.columns.count == 2)
        #expect(file.refusals.entries.map(\.fault) == [fault])
        #expect(file.refusals.entries.first?.examples.map(\.line) == [3])
        #expect(table.users.count == 1 && table.items.count == 1)
    }

    @Test(arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0x61, 0xE9, 0x62]] as [[UInt8]])
    func refusesInvalidUTF8(id: [UInt8]) throws {
        let (file, _) = try read("1,2,3,1260759144\n".utf8 + id + ",2,3,1260759144\n".utf8)
        #expect(file.refusals.count(of: .invalidUTF8) == 1)
        #expect(file.rowsDecoded == 1)
    }

    @Test func keepsTheFirstFiveExamplesAndCountsAll() throws {
        let bad = (0..<9).map { "\u{1B}[2J\($0),2,x,1260759144\n" }.joined()
        let (file, _) = try read(("1,2,3,1260759144\n" + bad).utf8)
        let entry = try #require(file.refusals.entries.first)
        #expect(entry.count == 9)
        #expect(entry.examples.map(\.line) == [2, 3, 4, 5, 6])
        #expect(entry.examples.first?.excerpt == "\\x1B[2J0,2,x,1260759144")
    }

    @Test(arguments: [(1 << 20) + 1, 2_500_000])
    func refusesOverlongLinesWholeAndGoesOn(length: Int) throws {
        let sound = "5,6,3.5,1260759144\n"
        let long = "1," + String(repeating: "2", count: length - 2)
        let (file, table) = try read((sound + sound + long + "\n" + sound + "x\n" + long).utf8)
        #expect(table.columns.count == 3)
        #expect(file.refusals.count(of: .lineTooLong) == 2)
        #expect(file.refusals.entries.flatMap(\.examples).map(\.line) == [3, 6, 5])
    }

    @Test func readsTheLongestLine() throws {
        let row = "\"1\"" + String(repeating: " ", count: (1 << 20) - 20) + ",6,3.5,1260759144"
        #expect(row.utf8.count == 1 << 20)
        let (file, table) = try read(("5,6,3.5,1260759144\n" + row + "\n").utf8)
        #expect(file.refusals.entries.isEmpty)
        #expect(table.columns.count == 2)
    }
}
