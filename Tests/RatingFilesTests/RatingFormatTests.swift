import Events
import Testing

@testable import RatingFiles

@Suite struct RatingFormatTests {
    static let expected = [
        PlainRow("1", "31", 2.5, 1_260_759_144_000), PlainRow("7", "1029", 4, 1_260_759_179_000),
    ]

    @Test(
        arguments: [
            ("userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n7,1029,4.0,1260759179\n", .movieLensCSV),
            (
                "userId,movieId,rating,timestamp\r\n1,31,2.5,1260759144\r\n7,1029,4.0,1260759179\r\n",
                .movieLensCSV
            ),
            (
                "\u{FEFF}userId,movieId,rating,timestamp\n1,31,2.5,1260759144\n7,1029,4.0,1260759179",
                .movieLensCSV
            ),
            (
                "\n \nuserId,movieId,rating,timestamp\n\n1,31,2.5,1260759144\n\n7,1029,4.0,1260759179\n \r\n",
                .movieLensCSV
            ),
            ("timestamp,rating,movieId,userId\n1260759144,2.5,31,1\n1260759179,4,1029,7\n", .headed),
            ("user;item;value;ts\n1;31;2.5;1260759144\n7;1029;4;1260759179\n", .headed),
            (
                "\"User Id\",\"Item-ID\",\"x\",\"Rating\",\"TS\"\n1,31,,2.5,1260759144\n7,1029,\"a,b\",4,1260759179\n",
                .headed
            ),
            ("1\t31\t2.5\t1260759144\n7\t1029\t4\t1260759179\n", .movieLensTab),
            ("1::31::2.5::1260759144\n7::1029::4::1260759179\n", .movieLensDoubleColon),
            ("1,31,2.5,1260759144\n7,1029,4,1260759179\n", .headerless),
            ("1;31;2.5;1260759144\n7;1029;4;1260759179\n", .headerless),
            (" 1 , 31 ,\t2.5 , 1260759144 \n\"7\",\"1029\",\"4\",\"1260759179\" \n", .headerless),
            (
                "user_id:token\titem_id:token\trating:float\ttimestamp:float\n1\t31\t2.5\t1260759144\n"
                    + "7\t1029\t4\t1.260759179E9\n", .recBole
            ),
            ("1,31,2.5,1260759144000\n7,1029,4,1260759179000000\n", .headerless),
            ("1,31,2.5,1260759144.0\n7,1029,4,1260759179000.2\n", .headerless),
            ("1,31,2.5,2009-12-14T02:52:24Z\n7,1029,4,2009-12-14 03:52:59+01:00\n", .headerless),
            ("1,31,2.5,2009-12-14T02:52:24\n7,1029,4,2009-12-14 02:52:59.000 UTC\n", .headerless),
            (
                "user,item,rating,date,timestamp\n1,31,2.5,today,1260759144\n7,1029,4,,1260759179\n",
                .headed
            ),
        ] as [(String, RatingFormat.Family)])
    func readsEveryFormat(text: String, family: RatingFormat.Family) throws {
        for bytes in [Array(text.utf8), gzip(Array(text.utf8))] {
            let (file, table) = try read(bytes)
            #expect(table.plainRows == Self.expected)
            #expect(file.format.family == family)
            #expect(file.refusals.entries.isEmpty)
            #expect(!file.timestampsMadeUp)
        }
    }

    @Test(arguments: [
        "1,31,2.5\n7,1029,4\n", "1\t31\t2.5\n7\t1029\t4", "item,user,score\n31,1,2.5\n1029,7,4.00\n",
    ])
    func makesTimesWhereThereAreNone(text: String) throws {
        let (file, table) = try read(text.utf8)
        #expect(file.timestampsMadeUp)
        #expect(
            table.plainRows == [
                PlainRow("1", "31", 2.5, 946_684_800_000), PlainRow("7", "1029", 4, 946_684_801_000),
            ])
    }

    @Test func goesOnWithMadeUpTimesInTheNextFile() throws {
        let first = try TemporaryFile("1,31,2.5\n7,1029,4\n")
        let second = try TemporaryFile("7,31,x\n7,31,1\n")
        var table = RatingTable()
        _ = try RatingFileReader().read(first.path, into: &table)
        let file = try RatingFileReader().read(second.path, into: &table)
        #expect(file.rowsDecoded == 1)
        #expect(table.columns.timestampsMs == [946_684_800_000, 946_684_801_000, 946_684_802_000])
        #expect(table.columns.users == [0, 1, 1])
        #expect(table.columns.items == [0, 1, 0])
    }

    @Test(arguments: [
        "User-ID,ISBN,Book-Rating\n276725,034545104X,0\n276726,caf\u{E9},5\n276726,034545104X,0\n276727,\"a\"\"b\",7\n",
        "\"User-ID\";\"ISBN\";\"Book-Rating\"\r\n\"276725\";\"034545104X\";\"0\"\r\n\"276726\";\"caf\u{E9}\";\"5\"\r\n"
            + "\"276726\";\"034545104X\";\"0\"\r\n\"276727\";\"a\\\"b\";\"7\"\r\n",
    ])
    func readsBookCrossing(text: String) throws {
        let latin1 = text.unicodeScalars.map { UInt8($0.value) }
        for bytes in [Array(text.utf8), latin1] {
            let (file, table) = try read(bytes)
            #expect(file.format.family == .bookCrossing)
            #expect(file.refusals.entries.isEmpty)
            #expect(file.timestampsMadeUp)
            #expect(
                table.plainRows == [
                    PlainRow("276725", "034545104X", 1, 946_684_800_000, isView: true),
                    PlainRow("276726", "caf\u{E9}", 5, 946_684_801_000),
                    PlainRow("276726", "034545104X", 1, 946_684_802_000, isView: true),
                    PlainRow("276727", "a\"b", 7, 946_684_803_000),
                ])
            #expect(table.columns.items == [0, 1, 0, 2])
        }
    }

    @Test func keepsViewsApartFromTheZerosOfOtherFiles() throws {
        let rated = try TemporaryFile("1,31,0,1260759144\n")
        let looked = try TemporaryFile("User-ID,ISBN,Book-Rating\n1,31,8\n1,32,0\n")
        var table = RatingTable()
        for path in [rated.path, looked.path, rated.path] {
            _ = try RatingFileReader().read(path, into: &table)
        }
        #expect((0..<4).map { table.columns.action($0) } == [.rating, .rating, .view, .rating])
        #expect(table.columns.ratings == [0, 8, 1, 0])
        table.sortByTime()
        #expect((0..<4).map { table.columns.action($0) } == [.rating, .view, .rating, .rating])
    }

    @Test func passesABadFirstRowButNotAnUnknownHeader() throws {
        let (file, table) = try read("1,31,?,1260759144\n1,31,2.5,1260759144\n".utf8)
        #expect(table.columns.count == 1)
        #expect(file.refusals.entries.first?.examples.first?.line == 1)
        #expect(throws: RatingFileError.self) { try read("who,what,how,when\n1,31,2.5,1260759144\n".utf8) }
    }

    @Test(arguments: [
        ("who,what,how\n1,2,3\n", "who,what,how"), ("{\"user\":1}\n", "{\"user\":1}"),
        ("\u{7}\t\u{1B}[31m\\\n1", "\\x07\\t\\x1B[31m\\\\"),
        ("userId,user,item,rating\n1,1,2,3\n", "userId,user,item,rating"), ("1,2\n", "1,2"),
        (String(repeating: "x", count: 100), String(repeating: "x", count: 80) + "…"),
        (String(repeating: "x", count: 3_000_000), String(repeating: "x", count: 80) + "…"),
    ])
    func refusesUnknownFormats(text: String, shown: String) throws {
        let source = try TemporaryFile(text)
        var table = RatingTable()
        let error = #expect(throws: RatingFileError.self) {
            try RatingFileReader().read(source.path, into: &table)
        }
        #expect(
            error == .unknownFormat(path: source.path, firstLine: shown, accepted: RatingFormat.accepted))
        #expect(error?.description.contains("'user,item,rating,timestamp'") == true)
        #expect(error?.description.contains("\n") == false)
    }
}
