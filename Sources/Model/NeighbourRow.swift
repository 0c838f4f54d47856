import CKernels
import State

/// The weights of one item towards others, in memory of its own: the items, and behind them the weights.
///
/// Weights are kept inflated: instead of shrinking the whole row at each visit, what is added later weighs more, and
/// reading divides by `inflation`. Memory: 8 bytes an entry, of which up to half may be unused, and 32 bytes a row.
struct NeighbourRow: ~Copyable {
    /// Unordered; `weights` stands beside it.
    private(set) var items: UnsafeMutablePointer<UInt32>
    private(set) var weights: UnsafeMutablePointer<Float>
    private(set) var count: Int32 = 0
    private var capacity: Int32 = 0
    /// The sum of all that was ever added, inflated like the weights.
    private(set) var total: Float = 0
    private(set) var inflation: Float = 1

    init() {
        (items, weights) = Self.allocate(0)
    }

    deinit { items.deallocate() }

    /// The place of an item; `count` where there is none.
    private func place(of item: UInt32) -> Int { freshet_find(items, Int(count), item) }

    /// The weight towards an item as of now; 0 where there is none.
    func weight(towards item: UInt32) -> Float {
        let place = place(of: item)
        return place < count ? weights[place] / inflation : 0
    }

    /// All entries as of now, heaviest first, of equals the lower item.
    var heaviest: [(item: UInt32, weight: Float)] {
        (0..<Int(count)).map { (items[$0], weights[$0] / inflation) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }

    mutating func add(_ weight: Float, towards item: UInt32, entriesMax: Int) {
        let inflated = weight * inflation
        total += inflated
        let place = place(of: item)
        if place < count {
            weights[place] += inflated
            return
        }
        if count == entriesMax { dropLightest() }
        if count == capacity { grow(to: min(entriesMax, max(8, 2 * Int(capacity)))) }
        (items[Int(count)], weights[Int(count)]) = (item, inflated)
        count += 1
    }

    /// What is added from now on weighs `growth` times more than before.
    mutating func inflate(by growth: Float) {
        inflation *= growth
        guard inflation > 1e6 else { return }
        for place in 0..<Int(count) { weights[place] /= inflation }
        total /= inflation
        inflation = 1
    }

    /// Drops the lightest quarter, of equals those that came first.
    private mutating func dropLightest() {
        let all = Int(count)
        let gone = all / 4
        let limit = freshet_smallest(weights, all, gone)
        // Of those as light as the limit, so many must go.
        var equals = gone
        for place in 0..<all where weights[place] < limit { equals -= 1 }
        var kept = 0
        // Whether an entry goes is anybody's guess, so nothing is branched on it.
        for place in 0..<all {
            let (item, weight) = (items[place], weights[place])
            let isSpared = weight == limit && equals <= 0
            if weight == limit { equals -= 1 }
            (items[kept], weights[kept]) = (item, weight)
            kept += weight > limit || isSpared ? 1 : 0
        }
        count = Int32(kept)
    }

    private mutating func grow(to capacity: Int) {
        let larger = Self.allocate(capacity)
        larger.items.update(from: items, count: Int(count))
        larger.weights.update(from: weights, count: Int(count))
        items.deallocate()
        (items, weights, self.capacity) = (larger.items, larger.weights, Int32(capacity))
    }

    private static func allocate(
        _ capacity: Int
    ) -> (items: UnsafeMutablePointer<UInt32>, weights: UnsafeMutablePointer<Float>) {
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: 8 * capacity, alignment: 64)
        return (
            bytes.bindMemory(to: UInt32.self, capacity: capacity),
            (bytes + 4 * capacity).bindMemory(to: Float.self, capacity: capacity)
        )
    }
}

// MARK: - What a checkpoint keeps

extension NeighbourRow {
    init(from bytes: inout StateBytes, entriesMax: Int) throws(StateDamage) {
        self.init()
        total = try bytes.take()
        inflation = try bytes.take()
        let items = try bytes.takeList(of: UInt32.self)
        let weights = try bytes.takeList(of: Float.self)
        guard items.count == weights.count, items.count <= entriesMax else { throw .unexpected }
        grow(to: items.count)
        for place in items.indices {
            (self.items[place], self.weights[place]) = (items[place], weights[place])
        }
        count = Int32(items.count)
    }

    func write(to bytes: inout [UInt8]) {
        bytes.put(total)
        bytes.put(inflation)
        bytes.put(UnsafeBufferPointer(start: items, count: Int(count)))
        bytes.put(UnsafeBufferPointer(start: weights, count: Int(count)))
    }
}
