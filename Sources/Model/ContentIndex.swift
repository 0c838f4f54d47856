/// What items are like, as numbered features: genres, people, and the time they are from. Derived from the catalog
/// and never kept.
///
/// Memory: 4 bytes for each feature of an item, and 6 bytes for each item; a person's name is held once.
struct ContentIndex: Sendable {
    private enum Feature: Hashable {
        case genre(UInt16)
        case person(String)
        /// Ten years, and the ten that begin in their middle: items of 1989 and 1991 share one of two.
        case era(Int)
    }

    /// log₂ of the number of items that have each feature.
    private var logCounts: [Float] = []
    private var counts: [UInt32] = []
    private var numbers: [Feature: UInt32] = [:]
    /// Where the features of each item row are in `features`.
    private var starts: [UInt32] = []
    private var lengths: [UInt16] = []
    /// Those of one item rise. An item that is described anew leaves its old ones behind until they are too many.
    private var features: [UInt32] = []
    private var live = 0
    /// Items that have any feature.
    private var itemCount = 0
    private var logItems: Float = 0

    /// Further features are left out.
    private static let featuresMax = 1 << 22

    var featureCount: Int { counts.count }

    /// The item's features, rising.
    func of(_ row: UInt32) -> ArraySlice<UInt32> {
        guard Int(row) < starts.count else { return [] }
        let start = Int(starts[Int(row)])
        return features[start..<start + Int(lengths[Int(row)])]
    }

    /// Whether an item has any feature.
    func knows(_ row: UInt32) -> Bool { Int(row) < lengths.count && lengths[Int(row)] > 0 }

    /// How much a feature tells: 1 where all items have it, and 1 more with each halving of their number.
    func rarity(of feature: UInt32) -> Float { 1 + logItems - logCounts[Int(feature)] }

    /// The length of the item's vector of rarities; 0 where nothing is known of it.
    func norm(of row: UInt32) -> Float {
        of(row).reduce(Float(0)) { $0 + rarity(of: $1) * rarity(of: $1) }.squareRoot()
    }

    /// The cosine of the vectors of two items, from 0 to 1; 0 where nothing is known of one.
    func cosine(_ one: UInt32, _ other: UInt32, norms: Float) -> Float {
        guard norms > 0 else { return 0 }
        let (left, right) = (of(one), of(other))
        var (i, j, sum) = (left.startIndex, right.startIndex, Float(0))
        while i < left.endIndex, j < right.endIndex {
            if left[i] == right[j] { sum += rarity(of: left[i]) * rarity(of: left[i]) }
            let step = left[i]
            if step <= right[j] { i += 1 }
            if right[j] <= step { j += 1 }
        }
        return sum / norms
    }

    mutating func describe(_ row: UInt32, as entry: Catalog.Entry) {
        while starts.count <= Int(row) {
            starts.append(0)
            lengths.append(0)
        }
        let old = of(row)
        for feature in old { count(feature, by: -1) }
        let new = numbered(entry)
        for feature in new { count(feature, by: 1) }
        live += new.count - old.count
        itemCount += (new.isEmpty ? 0 : 1) - (old.isEmpty ? 0 : 1)
        logItems = Float(Curves.log2(Double(max(1, itemCount))))
        starts[Int(row)] = UInt32(features.count)
        lengths[Int(row)] = UInt16(new.count)
        features += new
        if features.count > 2 * live + 65_536 { compact() }
    }

    private mutating func numbered(_ entry: Catalog.Entry) -> [UInt32] {
        var wanted = entry.genres.map(Feature.genre)
        wanted += entry.cast.map(Feature.person)
        if let year = entry.yearWithin {
            wanted += [.era(year / 10 * 10), .era((year + 5) / 10 * 10 - 5)]
        }
        let found = wanted.compactMap { number(of: $0) }.sorted()
        return found.indices.filter { $0 == 0 || found[$0] != found[$0 - 1] }.map { found[$0] }
    }

    private mutating func number(of feature: Feature) -> UInt32? {
        if let number = numbers[feature] { return number }
        guard counts.count < Self.featuresMax else { return nil }
        let number = UInt32(counts.count)
        numbers[feature] = number
        counts.append(0)
        logCounts.append(0)
        return number
    }

    private mutating func count(_ feature: UInt32, by change: Int) {
        counts[Int(feature)] = UInt32(Int(counts[Int(feature)]) + change)
        logCounts[Int(feature)] = Float(Curves.log2(Double(max(1, counts[Int(feature)]))))
    }

    private mutating func compact() {
        var kept: [UInt32] = []
        kept.reserveCapacity(live)
        for row in starts.indices {
            let own = of(UInt32(row))
            starts[row] = UInt32(kept.count)
            kept += own
        }
        features = kept
    }
}
