import CKernels
import State

/// Which items follow which: one bounded row of weights per item, directed, that forgets as its item is visited.
///
/// A row's weights are kept inflated: instead of shrinking the whole row at each visit, what is added later weighs
/// more, and reading divides by `inflation`. Memory: 8 bytes an entry, at most `entriesMax` entries a row.
struct NeighbourTable {
    struct Row {
        /// Unordered; `weights` stands beside it.
        private(set) var items: [UInt32] = []
        private(set) var weights: [Float] = []
        /// The sum of all that was ever added, inflated like the weights.
        private(set) var total: Float = 0
        private(set) var inflation: Float = 1

        init() {}

        init(from bytes: inout StateBytes) throws(StateDamage) {
            total = try bytes.take()
            inflation = try bytes.take()
            items = try bytes.takeList()
            weights = try bytes.takeList()
            guard items.count == weights.count else { throw .unexpected }
        }

        func write(to bytes: inout [UInt8]) {
            bytes.put(total)
            bytes.put(inflation)
            bytes.put(items)
            bytes.put(weights)
        }

        /// The weight towards an item as of now; 0 where there is none.
        func weight(towards item: UInt32) -> Float {
            let place = freshet_find(items, items.count, item)
            return place < items.count ? weights[place] / inflation : 0
        }

        /// All entries as of now, heaviest first, of equals the lower item.
        var heaviest: [(item: UInt32, weight: Float)] {
            zip(items, weights).map { ($0, $1 / inflation) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
        }

        mutating func add(_ weight: Float, towards item: UInt32, entriesMax: Int) {
            let inflated = weight * inflation
            total += inflated
            let place = freshet_find(items, items.count, item)
            if place < items.count {
                weights[place] += inflated
                return
            }
            if items.count == entriesMax { dropLightest() }
            items.append(item)
            weights.append(inflated)
        }

        /// What is added from now on weighs `growth` times more than before.
        mutating func inflate(by growth: Float) {
            inflation *= growth
            guard inflation > 1e6 else { return }
            for place in weights.indices { weights[place] /= inflation }
            total /= inflation
            inflation = 1
        }

        /// Drops the lightest quarter, of equals those that came first.
        private mutating func dropLightest() {
            let count = weights.count / 4
            var sample = weights
            let limit = sample.smallest(count)
            // Of those as light as the limit, so many must go.
            var equals = count - weights.count { $0 < limit }
            var kept = 0
            for place in items.indices {
                if weights[place] < limit { continue }
                if weights[place] == limit, equals > 0 {
                    equals -= 1
                    continue
                }
                items[kept] = items[place]
                weights[kept] = weights[place]
                kept += 1
            }
            items.removeSubrange(kept...)
            weights.removeSubrange(kept...)
        }
    }

    /// The entries of a row stand under the numbers of their items, so that they outlive an item's stay in memory.
    private(set) var rows: [Row] = []
    var numbers = ItemNumbers()
    private let entriesMax: Int

    init(entriesMax: Int) {
        precondition(entriesMax >= 4)
        self.entriesMax = entriesMax
    }

    subscript(item: UInt32) -> Row { rows[Int(item)] }

    mutating func addItem() {
        rows.append(Row())
    }

    mutating func clear(_ item: UInt32, recorder: inout StateRecorder) {
        keep(item, &recorder)
        rows[Int(item)] = Row()
    }

    /// The weight of one item towards another as of now, both by row; 0 where there is none.
    func weight(from item: UInt32, towards other: UInt32) -> Float {
        rows[Int(item)].weight(towards: numbers.number(of: other))
    }

    /// The sum of all that was ever added to a row, as of now.
    func size(of item: UInt32) -> Double {
        let row = rows.span[Int(item)]
        return Double(row.total / row.inflation)
    }

    /// All entries of a row that are in memory, by row, heaviest first, of equals the lower number.
    func heaviest(_ item: UInt32) -> [(item: UInt32, weight: Float)] {
        rows[Int(item)].heaviest.compactMap { entry in numbers.row(of: entry.item).map { ($0, entry.weight) }
        }
    }

    /// Adds `scale` times an item's weights to `evidence`, by item row.
    func addEvidence(of item: UInt32, scale: Float, to evidence: UnsafeMutablePointer<Float>) {
        rows[Int(item)].items.withUnsafeBufferPointer { items in
            rows[Int(item)].weights.withUnsafeBufferPointer { weights in
                let scale = scale / rows[Int(item)].inflation
                guard numbers.isPlain else {
                    for place in items.indices {
                        guard let row = numbers.row(of: items[place]) else { continue }
                        evidence[Int(row)] += scale * weights[place]
                    }
                    return
                }
                for place in items.indices { evidence[Int(items[place])] += scale * weights[place] }
            }
        }
    }

    mutating func add(
        _ weight: Float, from item: UInt32, towards other: UInt32, recorder: inout StateRecorder
    ) {
        keep(item, &recorder)
        rows[Int(item)].add(weight, towards: numbers.number(of: other), entriesMax: entriesMax)
    }

    mutating func visited(_ item: UInt32, growth: Float, recorder: inout StateRecorder) {
        keep(item, &recorder)
        rows[Int(item)].inflate(by: growth)
    }

    private func keep(_ item: UInt32, _ recorder: inout StateRecorder) {
        recorder.willChange(.neighbours, item) { rows[Int(item)].write(to: &$0) }
    }

    /// An item's row: the next one, or one that is free.
    mutating func readRow(_ item: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        guard item <= rows.count else { throw .unexpected }
        if item == rows.count { addItem() }
        rows[Int(item)] = try Row(from: &bytes)
    }

    /// Whether there is a row for each item, and each points at items that are known.
    func finishReading(items: Int) -> Bool {
        rows.count == items && (0..<UInt32(items)).allSatisfy(isSound)
    }

    /// Whether an item's row points at items that are known: anything else would be looked up outside of the table.
    func isSound(_ item: UInt32) -> Bool {
        rows[Int(item)].items.allSatisfy { $0 < numbers.count }
    }
}
