/// What items are like: a short row each, so that one product tells how much a user likes it.
///
/// The first 8 of 64 floats are the features that the users' regressions look at (`TasteRegression`); they are learned
/// and kept. The other 56 are what the catalog says (`ContentTraits`), times a strength; they are derived from it, and from
/// how often the item was acted on. Memory: 256 bytes an item.
///
/// Nothing but the catalog speaks for an item that hardly anybody touched, so there it speaks louder: by 7/3 where nobody
/// did, by 5/3 after the first act, by 1 from the 16th on.
struct ItemTraits: ~Copyable {
    static let floats = 64
    static let learned = 8

    /// The floats of a row that count in a product, whole lanes: all, or only the lane that begins with what is learned.
    static func floatsLiked(content: Bool) -> Int { content ? floats : 16 }

    private(set) var rows = FactorTable(factors: floats)

    /// Adds a row for an item of which nothing is known.
    mutating func add() {
        rows.addZeros()
        clear(UInt32(rows.count - 1))
    }

    func clear(_ item: UInt32) {
        rows[item].update(repeating: 0, count: Self.floats)
        self[features: item] = RatingItem.unknownFeatures
    }

    subscript(features item: UInt32) -> SIMD8<Float> {
        get { lanes(item).pointee }
        nonmutating set { lanes(item).pointee = newValue }
    }

    /// - Parameter count: acts on the item.
    func describe(_ item: UInt32, as entry: borrowing Catalog.Entry, count: UInt32) {
        ContentTraits.write(entry, length: Self.strength(count), into: rows[item] + Self.learned)
    }

    /// Whether the catalog speaks louder for an item than it will.
    static func isCold(_ count: UInt32) -> Bool { count <= coldMax }

    /// How loud the catalog speaks for an item that was acted on so often.
    static func strength(_ count: UInt32) -> Float {
        count < coldMax ? 1 + 4 / (3 * (1 + Float(count))) : 1
    }

    private static let coldMax: UInt32 = 16

    private func lanes(_ item: UInt32) -> UnsafeMutablePointer<SIMD8<Float>> {
        // Rows are 64-byte aligned.
        UnsafeMutableRawPointer(rows[item]).assumingMemoryBound(to: SIMD8<Float>.self)
    }
}
