import Events

/// Reads files that describe items: MovieLens `movies.csv`, `movies.dat` and `u.item`, RecBole `.item`; plain or
/// gzip. Titles are kept as they are written; a year in brackets at their end is also the item's year.
package struct MovieCatalogReader {
    private let format: CatalogFormat
    private var splitter: FieldSplitter
    private var catalog: MovieCatalog
    private var line = 0

    private init(path: String, format: CatalogFormat) {
        self.format = format
        splitter = FieldSplitter(format.separator)
        catalog = MovieCatalog(path: path, format: format, items: [], rowsRead: 0, refusals: Refusals())
    }

    /// - Parameter path: `-` is standard input.
    package static func read(_ path: String) throws(RatingFileError) -> MovieCatalog {
        var lines = try LineBlocks.open(path)
        guard let format = CatalogFormat.recognise(lines.head) else {
            let first = LineReading.firstLine(lines.head)
            throw .unknownFormat(path: path, firstLine: first, accepted: CatalogFormat.accepted)
        }
        var reader = MovieCatalogReader(path: path, format: format)
        var field = TextField(bytesMax: LineBlocks.lineBytesMax, mayBeLatin1: format.mayBeLatin1)
        var awaitsHeader = format.hasHeader
        while let block = try lines.next() {
            switch block {
            case .overlong(let beginning):
                reader.line += 1
                reader.refuse(.lineTooLong, beginning)
            case .lines(let bytes):
                for line in bytes.dropLast().split(separator: 10, omittingEmptySubsequences: false) {
                    let line = UnsafeBufferPointer(rebasing: line)
                    reader.line += 1
                    if LineReading.isBlank(line) { continue }
                    if awaitsHeader {
                        awaitsHeader = false
                        continue
                    }
                    reader.take(line, field: &field)
                }
            }
        }
        return reader.catalog
    }

    private mutating func take(_ line: UnsafeBufferPointer<UInt8>, field: inout TextField) {
        do throws(RowFault) {
            catalog.items.append(try item(line, field: &field))
            catalog.rowsRead += 1
        } catch {
            refuse(error, line)
        }
    }

    private mutating func refuse(_ fault: RowFault, _ bytes: UnsafeBufferPointer<UInt8>) {
        catalog.rowsRead += 1
        catalog.refusals.add(fault, line: line, bytes: bytes)
    }

    private mutating func item(
        _ line: UnsafeBufferPointer<UInt8>, field: inout TextField
    ) throws(RowFault) -> CatalogItem {
        guard line.count <= LineBlocks.lineBytesMax else { throw .lineTooLong }
        guard let count = splitter.split(line) else { throw .brokenQuotes }
        let columns = format.columns
        guard count == columns.count else { throw .wrongColumnCount }
        let id = try field.id(
            splitter.fields[columns.item], of: line, by: splitter, empty: .emptyItem, tooLong: .itemTooLong)
        guard let identifier = Identifier(copying: UnsafeRawBufferPointer(id)) else { throw .invalidUTF8 }
        func text(_ column: Int) throws(RowFault) -> String {
            String(decoding: try field.text(splitter.fields[column], of: line, by: splitter), as: UTF8.self)
        }
        let title = try text(columns.title)
        var genres: [String] = []
        if let column = columns.genres {
            genres = try text(column).split(separator: format.genreSeparator).map(String.init)
                .filter { $0 != "(no genres listed)" }
        } else if format.family == .movieLensItems {
            for (flag, genre) in CatalogFormat.flaggedGenres.enumerated().dropFirst()
            where try text(CatalogFormat.flagsStart + flag) == "1" {
                genres.append(genre)
            }
        }
        var year = Self.year(endOf: title)
        if let column = columns.year, let stated = Int(try text(column)) { year = stated }
        return CatalogItem(item: identifier, title: title, genres: genres, year: year)
    }

    /// 1995 for "Toy Story (1995)"; `nil` where the title does not end so, spaces aside.
    private static func year(endOf title: String) -> Int? {
        let spaces = title.utf8.reversed().prefix { $0 == 32 }.count
        let end = Array(title.utf8.dropLast(spaces).suffix(6))
        guard end.count == 6, end[0] == UInt8(ascii: "("), end[5] == UInt8(ascii: ")"),
            end[1...4].allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return nil }
        return end[1...4].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
