import Events
import State

/// What is known of items besides what users did with them, by item row.
package struct Catalog: Sendable {
    package struct Entry: Sendable {
        package var title = ""
        package var year: Int?
        /// Numbers of `genreNames`.
        package var genres: [UInt16] = []
        package var people: [String] = []
        package var available = true

        /// The year for comparisons, from 0 to 9,999.
        var yearWithin: Int? { year.map { max(0, min($0, 9_999)) } }

        /// The people for comparisons: the cast comes before the caterers.
        var cast: ArraySlice<String> { people.prefix(32) }
    }

    package private(set) var entries: [Entry] = []
    /// In the order in which they first came.
    package private(set) var genreNames: [String] = []
    /// Rows of items that must not be on a list, in rising order.
    package private(set) var unavailable: [UInt32] = []
    private var genreNumbers: [String: UInt16] = [:]
    /// What items are like, to compare them by.
    private(set) var content = ContentIndex()
    /// Rises with every description.
    package private(set) var revision: UInt64 = 0

    /// More genres than this are tags: those that come later are left out.
    package static let genresMax = 1_024

    /// Whether nothing was said of what any item is like.
    var isSilent: Bool { content.featureCount == 0 }

    /// Whether it says what this item is like.
    func tells(_ row: UInt32) -> Bool { content.knows(row) }

    package subscript(row: UInt32) -> Entry {
        Int(row) < entries.count ? entries[Int(row)] : Entry()
    }

    package func isOf(genre: UInt16, _ row: UInt32) -> Bool {
        Int(row) < entries.count && entries[Int(row)].genres.contains(genre)
    }

    mutating func describe(_ row: UInt32, as item: CatalogItem) {
        set(
            row,
            Entry(
                title: item.title, year: item.year, genres: item.genres.compactMap { number(ofGenre: $0) },
                people: item.people, available: item.available))
    }

    /// The row is as that of an item of which nothing was said.
    mutating func clear(_ row: UInt32) {
        if Int(row) < entries.count { set(row, Entry()) }
    }

    private mutating func set(_ row: UInt32, _ entry: Entry) {
        while entries.count <= Int(row) { entries.append(Entry()) }
        entries[Int(row)] = entry
        revision += 1
        content.describe(row, as: entry)
        let place = unavailable.firstIndex { $0 >= row } ?? unavailable.count
        let isListed = place < unavailable.count && unavailable[place] == row
        if entry.available, isListed { unavailable.remove(at: place) }
        if !entry.available, !isListed { unavailable.insert(row, at: place) }
    }

    private mutating func number(ofGenre name: String) -> UInt16? {
        if let number = genreNumbers[name] { return number }
        guard genreNames.count < Self.genresMax else { return nil }
        let number = UInt16(genreNames.count)
        genreNames.append(name)
        genreNumbers[name] = number
        return number
    }

    func write(_ row: UInt32, to bytes: inout [UInt8]) {
        let entry = self[row]
        bytes.put(entry.title)
        bytes.put(entry.year.map { Int32(clamping: $0) } ?? .min)
        bytes.put(UInt8(entry.available ? 1 : 0))
        bytes.put(entry.genres)
        bytes.put(UInt32(entry.people.count))
        for person in entry.people { bytes.put(person) }
    }

    /// An item's entry; the names of the genres are read before.
    mutating func readEntry(_ row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        var entry = Entry()
        entry.title = try bytes.takeText()
        let year = try bytes.take(Int32.self)
        entry.year = year == .min ? nil : Int(year)
        entry.available = try bytes.take(UInt8.self) != 0
        entry.genres = try bytes.takeList()
        for _ in 0..<(try bytes.takeCount(bytesEach: 4)) { entry.people.append(try bytes.takeText()) }
        guard entry.genres.allSatisfy({ $0 < genreNames.count }) else { throw .unexpected }
        set(row, entry)
    }

    func writeCore(to bytes: inout [UInt8]) {
        bytes.put(UInt32(genreNames.count))
        for name in genreNames { bytes.put(name) }
    }

    mutating func readCore(from bytes: inout StateBytes) throws(StateDamage) {
        for _ in 0..<(try bytes.takeCount(bytesEach: 4)) {
            let name = try bytes.takeText()
            genreNumbers[name] = UInt16(genreNames.count)
            genreNames.append(name)
        }
    }
}
