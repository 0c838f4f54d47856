import Glibc
import Testing

@testable import RatingFiles

@Suite struct RatingFileReaderTests {
    static let rows = "1,31,2.5,1260759144\n7,1029,4,1260759179\n3,31,1,1260759100\n"

    @Test func saysWhatIsWrongWithAFile() throws {
        let empty = try TemporaryFile("")
        let blank = try TemporaryFile("\n \r\n")
        let emptyGzip = try TemporaryFile(gzip([]))
        let expected: [(String, RatingFileError)] = [
            ("/nowhere/ratings.csv", .missing(path: "/nowhere/ratings.csv")), ("/tmp", .folder(path: "/tmp")),
            (empty.path, .empty(path: empty.path)), (blank.path, .empty(path: blank.path)),
            (emptyGzip.path, .empty(path: emptyGzip.path)),
        ]
        for (path, expected) in expected {
            var table = RatingTable()
            let error = #expect(throws: RatingFileError.self) {
                try RatingFileReader().read(path, into: &table)
            }
            #expect(error == expected)
            #expect(error?.description.contains("'\(path)'") == true)
        }
    }

    @Test(.enabled(if: geteuid() != 0)) func saysThatAFileMayNotBeRead() throws {
        let file = try TemporaryFile(Self.rows)
        chmod(file.path, 0)
        var table = RatingTable()
        #expect(throws: RatingFileError.notAllowed(path: file.path)) {
            try RatingFileReader().read(file.path, into: &table)
        }
    }

    @Test func readsGzipOfSeveralMembersWithPadding() throws {
        let text = Array(Self.rows.utf8)
        let (_, table) = try read(gzip(Array(text[..<25])) + gzip([]) + gzip(Array(text[25...])) + [0, 0, 0])
        #expect(table.plainRows == (try read(text)).table.plainRows)
    }

    @Test func readsPackedGzip() throws {
        var table = RatingTable()
        let file = try RatingFileReader().read(dataPath("rating-files/two-members.gz"), into: &table)
        #expect(file.rowsDecoded == 5000)
        #expect(file.refusals.entries.isEmpty)
        #expect(table.columns.users.count == 5000 && table.users.count == 50 && table.items.count == 100)
    }

    @Test func refusesGzipThatEndsEarlyOrIsDamaged() throws {
        let whole = gzip(Array(Self.rows.utf8))
        for count in 2..<whole.count {
            let source = try TemporaryFile(whole.prefix(count))
            var table = RatingTable()
            #expect(throws: RatingFileError.truncatedGzip(path: source.path)) {
                try RatingFileReader().read(source.path, into: &table)
            }
        }
        for spoil in [2, whole.count - 6, whole.count - 3] {
            var damaged = whole
            damaged[spoil] ^= 0xFF
            let source = try TemporaryFile(damaged)
            var table = RatingTable()
            #expect(throws: RatingFileError.damagedGzip(path: source.path)) {
                try RatingFileReader().read(source.path, into: &table)
            }
        }
        let trailing = try TemporaryFile(whole + [0, 0, 7])
        var table = RatingTable()
        #expect(throws: RatingFileError.damagedGzip(path: trailing.path)) {
            try RatingFileReader().read(trailing.path, into: &table)
        }
    }

    @Test(arguments: [
        (Int.max, Int64.min..<Int64.max, 3, 0), (2, .min ..< .max, 2, 0), (0, .min ..< .max, 0, 0),
        (.max, 1_260_759_144_000..<1_260_759_179_000, 1, 2), (1, 1_260_759_179_000..<Int64.max, 1, 1),
    ])
    func keepsWhatIsWanted(limit: Int, times: Range<Int64>, decoded: Int, outside: Int) throws {
        for separator in [",", "::", " , "] {
            let text = Self.rows.split(separator: ",").joined(separator: separator)
            let (file, table) = try read(text.utf8, limit: limit, times: times)
            #expect(file.rowsDecoded == decoded)
            #expect(file.rowsOutside == outside)
            #expect(table.users.count == decoded)
        }
    }

    @Test func tellsItsProgress() throws {
        let source = try TemporaryFile(String(repeating: Self.rows, count: 20_000))
        let size = 20_000 * Self.rows.utf8.count
        var steps: [Int] = []
        let reader = RatingFileReader { done, total in
            steps.append(done)
            #expect(total == size)
        }
        var table = RatingTable()
        let file = try reader.read(source.path, into: &table)
        #expect(steps == steps.sorted() && steps.last == size && steps.count > 3)
        #expect(file.bytes == size)
        #expect(table.columns.users.capacity < 70_000)
    }

    @Test func readsAPipe() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let bytes = Array(Self.rows.utf8)
        #expect(write(ends[1], bytes, bytes.count) == bytes.count)
        close(ends[1])
        var table = RatingTable()
        let file = try RatingFileReader().read("/dev/fd/\(ends[0])", into: &table)
        #expect(file.rowsDecoded == 3)
    }
}
