/// How a file of items is written: found out from its first line.
package struct CatalogFormat: Equatable, Sendable {
    /// The raw values are what reports call the format.
    package enum Family: String, Sendable, CaseIterable {
        case movieLensCSV = "MovieLens movies.csv"
        case movieLensDoubleColon = "MovieLens movies.dat"
        case movieLensItems = "MovieLens u.item"
        case recBole = "RecBole .item"
    }

    /// Where each field stands, counted from 0.
    package struct Columns: Equatable, Sendable {
        package var item: Int
        package var title: Int
        /// Genres in one field, divided by `|`, or by spaces in RecBole's files.
        package var genres: Int?
        package var year: Int?
        package var count: Int
    }

    package var family: Family
    package var separator: Separator
    package var columns: Columns
    package var hasHeader: Bool

    var mayBeLatin1: Bool { family == .movieLensDoubleColon || family == .movieLensItems }
    var genreSeparator: Character { family == .recBole ? " " : "|" }

    /// The flags that end a row of `u.item`, in their order; the first, "unknown", is no genre.
    static let flaggedGenres = [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary",
        "Drama",
        "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War",
        "Western",
    ]
    /// Id, title, release date, video release date and address stand before the flags.
    static let flagsStart = 5

    /// What to offer instead of a file of unknown format.
    static let accepted = """
        MovieLens movies.csv, movies.dat or u.item; RecBole .item; any CSV with the columns item and title in its \
        header; plain or gzip
        """

    /// Tells the format from the first line that is not blank; `nil` where none fits.
    static func recognise(_ head: UnsafeBufferPointer<UInt8>) -> CatalogFormat? {
        let first = head.split(separator: 10, maxSplits: 32).lazy.map { UnsafeBufferPointer(rebasing: $0) }
            .first { !LineReading.isBlank($0) }
        guard let first else { return nil }
        for separator in Separator.allCases {
            var splitter = FieldSplitter(separator)
            guard let count = splitter.split(first) else { continue }
            let names = splitter.fields.map { HeaderName(first[$0.start..<$0.end]) }
            func column(_ meaning: HeaderName.Meaning) -> Int? { names.firstIndex { $0.meaning == meaning } }
            if count <= FieldSplitter.fieldsMax, let item = column(.item), let title = column(.title) {
                let columns = Columns(
                    item: item, title: title, genres: column(.genres), year: column(.year), count: count)
                return CatalogFormat(
                    family: names[item].isTyped ? .recBole : .movieLensCSV, separator: separator,
                    columns: columns, hasHeader: true)
            }
            if separator == .doubleColon, count == 3 {
                let columns = Columns(item: 0, title: 1, genres: 2, year: nil, count: 3)
                return CatalogFormat(
                    family: .movieLensDoubleColon, separator: separator, columns: columns, hasHeader: false)
            }
            if separator == .bar, count == flagsStart + flaggedGenres.count {
                let columns = Columns(item: 0, title: 1, genres: nil, year: nil, count: count)
                return CatalogFormat(
                    family: .movieLensItems, separator: separator, columns: columns, hasHeader: false)
            }
        }
        return nil
    }
}
