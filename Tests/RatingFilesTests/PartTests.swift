import Testing

@testable import RatingFiles

/// A file that several threads read gives what one reads.
@Suite struct PartTests {
    @Test(arguments: 0..<12 as Range<UInt64>, [2, 3, 8])
    func partsGiveWhatTheWholeGives(seed: UInt64, threads: Int) throws {
        var dice = SeededGenerator(seed: seed)
        let hasHeader = Bool.random(using: &dice)
        var text = hasHeader ? "userId,movieId,rating,timestamp\n" : "1,2,3,1260759144\n"
        for _ in 0..<Int.random(in: 1...3_000, using: &dice) {
            let id = Int.random(in: 0...400, using: &dice)
            text +=
                [
                    "\(id),\(id % 77),4.5,\(1_260_759_144 + id)\n", "\(id),x\(id),2,1260759145\r\n", "\n",
                    "user-\(id),\(id),,1\n", "\(id)\n", "\(id),1,nan,1260759144\n",
                    "\(id),\(String(repeating: "9", count: id)),1,1260759146\n",
                ].randomElement(using: &dice) ?? ""
        }
        if Bool.random(using: &dice) { text.removeLast() }
        let file = try TemporaryFile(text.utf8)
        var (whole, parted) = (RatingTable(), RatingTable())
        let times: Range<Int64> = 0..<1_260_759_544_000
        let expected = try RatingFileReader().read(file.path, into: &whole, times: times)
        let found = try RatingFileReader().read(
            file.path, into: &parted, times: times, threads: threads, partBytesMin: 100)
        #expect(found == expected)
        #expect(parted.columns == whole.columns)
        #expect(parted.plainRows == whole.plainRows)
        #expect(parted.users.count == whole.users.count && parted.items.count == whole.items.count)
    }

    @Test func severalFilesShareTheirNumbers() throws {
        let files = try (0..<3).map { number in
            try TemporaryFile((0..<200).map { "\($0 % 7 + number),\($0),3,1260759144\n" }.joined().utf8)
        }
        var (whole, parted) = (RatingTable(), RatingTable())
        for file in files {
            _ = try RatingFileReader().read(file.path, into: &whole)
            _ = try RatingFileReader().read(file.path, into: &parted, threads: 4, partBytesMin: 64)
        }
        #expect(parted.columns == whole.columns && parted.plainRows == whole.plainRows)
    }

    /// What depends on the rows before cannot be cut.
    @Test func whatCannotBeCutIsReadByOne() throws {
        let books = "User-ID,ISBN,Book-Rating\n" + (0..<300).map { "\($0),x,\($0 % 3)\n" }.joined()
        let rows = (0..<300).map { "\($0),\($0),3,1260759144\n" }.joined()
        for bytes in [Array(books.utf8), gzip(Array(rows.utf8))] {
            let file = try TemporaryFile(bytes)
            var (whole, parted) = (RatingTable(), RatingTable())
            let expected = try RatingFileReader().read(file.path, into: &whole)
            let found = try RatingFileReader().read(
                file.path, into: &parted, threads: 4, partBytesMin: 64)
            #expect(found == expected && parted.columns == whole.columns)
        }
    }

    @Test func aMissingFileIsTheSameError() {
        var table = RatingTable()
        #expect(throws: RatingFileError.missing(path: "/no/such/file")) {
            try RatingFileReader().read("/no/such/file", into: &table, threads: 4)
        }
    }
}
