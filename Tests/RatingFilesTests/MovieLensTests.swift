import Events
import Testing

@testable import RatingFiles

@Suite struct MovieLensTests {
    @Test func readsEveryRatingOfTheRealFile() throws {
        var table = RatingTable()
        let file = try RatingFileReader().read(dataPath("ml-latest-small/ratings.csv"), into: &table)
        #expect(file.format.family == .movieLensCSV)
        #expect(file.rowsRead == 100_836 && file.rowsDecoded == 100_836)
        #expect(file.refusals.entries.isEmpty)
        #expect(table.users.count == 610 && table.items.count == 9724)
        #expect(table.columns.timestampsMs.min() == 828_124_615_000)
        #expect(table.columns.timestampsMs.max() == 1_537_799_250_000)
        #expect(table.plainRows.first == PlainRow("1", "1", 4, 964_982_703_000))
        #expect(table.plainRows.last == PlainRow("610", "170875", 3, 1_493_846_415_000))
        #expect(table.columns.ratings.reduce(into: 0.0) { $0 += Double($1) } == 353_083)
        let before = table.plainRows
        table.sortByTime()
        let sorted = before.enumerated().sorted {
            ($0.element.timestampMs, $0.offset) < ($1.element.timestampMs, $1.offset)
        }
        let isSorted = table.plainRows == sorted.map(\.element)
        #expect(isSorted)
    }

    @Test func readsEveryTitleOfTheRealFile() throws {
        let catalog = try MovieCatalogReader.read(dataPath("ml-latest-small/movies.csv"))
        #expect(catalog.items.count == 9742 && catalog.rowsRead == 9742)
        #expect(catalog.refusals.entries.isEmpty)
        #expect(catalog.items.first?.title == "Toy Story (1995)")
        #expect(catalog.items.first?.year == 1995)
        #expect(
            catalog.items.first?.genres == ["Adventure", "Animation", "Children", "Comedy", "Fantasy"])
        #expect(catalog.items.count { $0.genres.isEmpty } == 34)
        #expect(catalog.items.contains { $0.title == "American President, The (1995)" })
        #expect(catalog.items.contains { $0.title == "11'09\"01 - September 11 (2002)" })
        #expect(Set(catalog.items.map(\.item)).count == 9742)
    }

    @Test(
        arguments: [
            ("movieId,title,genres\n4,\"Caf\u{E9}, \"\"x\"\" (1999) \",Drama|War\n", .movieLensCSV, false),
            ("4::Caf\u{E9}, \"x\" (1999)::Drama|War\n", .movieLensDoubleColon, true),
            (
                "4|Caf\u{E9}, \"x\" (1999)|01-Jan-1999||http://x|0|0|0|0|0|0|0|0|1|0|0|0|0|0|0|0|0|1|0\n",
                .movieLensItems, true
            ),
            (
                "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n"
                    + "4\tCaf\u{E9}, \"x\" (1999)\t1999\tDrama War\r\n", .recBole, false
            ),
        ] as [(String, CatalogFormat.Family, Bool)])
    func readsEveryCatalog(text: String, family: CatalogFormat.Family, latin1: Bool) throws {
        let bytes = latin1 ? text.unicodeScalars.map { UInt8($0.value) } : Array(text.utf8)
        let source = try TemporaryFile(gzip(bytes))
        let catalog = try MovieCatalogReader.read(source.path)
        #expect(catalog.format.family == family)
        let item = try #require(catalog.items.first)
        #expect(item.item.text == "4" && item.year == 1999 && item.genres == ["Drama", "War"])
        #expect(item.title.hasPrefix("Caf\u{E9}, \"x\" (1999)"))
    }

    @Test func refusesBadItemsOneByOne() throws {
        let source = try TemporaryFile(
            "movieId,title,genres\n1,A,\n2,B\n,C,Drama\n4,\"D,Drama\n5,E (19x5),(no genres listed)\n")
        let catalog = try MovieCatalogReader.read(source.path)
        #expect(catalog.items.map(\.title) == ["A", "E (19x5)"])
        #expect(catalog.items.allSatisfy { $0.genres.isEmpty && $0.year == nil })
        #expect(catalog.refusals.entries.map(\.fault) == [.wrongColumnCount, .emptyItem, .brokenQuotes])
        #expect(catalog.rowsRead == catalog.items.count + catalog.refusals.total)
    }

    @Test func refusesWhatIsNoCatalog() throws {
        #expect(throws: RatingFileError.self) {
            try MovieCatalogReader.read(dataPath("ml-latest-small/ratings.csv"))
        }
    }
}
