/// What the catalog says of an item, in 56 floats: a vector of one length for all, or zeros where it says nothing.
///
/// 24 places are for genres, 16 for the time an item is from, 16 for people. A genre of the first 24 has a place of its
/// own; further ones, times and people share places by a hash, people with a sign, so that what has nothing in common
/// cancels out on average. Source: Weinberger et al., "Feature hashing", ICML 2009, doi:10.1145/1553374.1553516.
///
/// It depends on nothing but the entry, so that a row never has to be worked out anew because another item came.
enum ContentTraits {
    static let floats = 56
    private static let genres = 24
    private static let eras = 16
    private static let people = 16

    static func write(
        _ entry: borrowing Catalog.Entry, length: Float, into row: UnsafeMutablePointer<Float>
    ) {
        row.update(repeating: 0, count: floats)
        for genre in entry.genres { row[Int(genre) % genres] += 1 }
        if let year = entry.yearWithin {
            // The five years of the item and the five before: items of 1989 and 1991 share one of two.
            for five in [year / 5, year / 5 - 1] { row[genres + (five + eras) % eras] += 1 }
        }
        for person in entry.cast {
            let hash = hash(person)
            row[genres + eras + Int(hash % UInt64(people))] += hash >> 63 == 0 ? 1 : -1
        }
        scale(row, to: length)
    }

    private static func scale(_ row: UnsafeMutablePointer<Float>, to length: Float) {
        var squares: Float = 0
        for place in 0..<floats { squares += row[place] * row[place] }
        guard squares > 0 else { return }
        for place in 0..<floats { row[place] *= length / squares.squareRoot() }
    }

    /// FNV-1a with a last stir, for its low bits alone say little. Source: Fowler, Noll & Vo, draft-eastlake-fnv.
    private static func hash(_ name: String) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        hash = (hash ^ hash >> 32) &* 0x9e37_79b9_7f4a_7c15
        return hash ^ hash >> 29
    }
}
