import CKernels
import State

/// Which items follow which: one bounded row of weights per item, directed, that forgets as its item is visited.
struct NeighbourTable: ~Copyable {
    private(set) var count = 0
    /// The entries of a row stand under the numbers of their items, so that they outlive an item's stay in memory.
    private var rows: UnsafeMutablePointer<NeighbourRow>
    private var capacity = 64
    var numbers = ItemNumbers()
    private let entriesMax: Int

    init(entriesMax: Int) {
        precondition(entriesMax >= 4)
        self.entriesMax = entriesMax
        rows = .allocate(capacity: capacity)
    }

    deinit {
        rows.deinitialize(count: count)
        rows.deallocate()
    }

    mutating func addItem() {
        append(NeighbourRow())
    }

    mutating func clear(_ item: UInt32, recorder: inout StateRecorder) {
        keep(item, &recorder)
        rows[Int(item)] = NeighbourRow()
    }

    /// The sum of all that was ever added to an item's row, faded to now.
    func size(of item: UInt32) -> Float {
        withRow(item) { $0.total / $0.inflation }
    }

    /// The weight of one item towards another as of now, both by row; 0 where there is none.
    func weight(from item: UInt32, towards other: UInt32) -> Float {
        withRow(item) { $0.weight(towards: numbers.number(of: other)) }
    }

    /// All entries of a row that are in memory, by row, heaviest first, of equals the lower number.
    func heaviest(_ item: UInt32) -> [(item: UInt32, weight: Float)] {
        withRow(item) { $0.heaviest }.compactMap { entry in
            numbers.row(of: entry.item).map { ($0, entry.weight) }
        }
    }

    /// Adds `scale` times an item's weights to `evidence`, by item row.
    func addEvidence(of item: UInt32, scale: Float, to evidence: UnsafeMutablePointer<Float>) {
        withRow(item) { row in
            let scale = scale / row.inflation
            guard numbers.isPlain else {
                for place in 0..<Int(row.count) {
                    guard let other = numbers.row(of: row.items[place]) else { continue }
                    evidence[Int(other)] += scale * row.weights[place]
                }
                return
            }
            for place in 0..<Int(row.count) { evidence[Int(row.items[place])] += scale * row.weights[place] }
        }
    }

    mutating func add(
        _ weight: Float, from item: UInt32, towards other: UInt32, recorder: inout StateRecorder
    ) {
        precondition(item < count)
        keep(item, &recorder)
        rows[Int(item)].add(weight, towards: numbers.number(of: other), entriesMax: entriesMax)
    }

    mutating func visited(_ item: UInt32, growth: Float, recorder: inout StateRecorder) {
        precondition(item < count)
        keep(item, &recorder)
        rows[Int(item)].inflate(by: growth)
    }

    /// Asks for the memory of a row that will be added to in a moment.
    func expect(_ item: UInt32) {
        withRow(item) { freshet_expect($0.items, Int($0.count) * 4) }
    }

    /// The same, with the weights.
    func expectWeights(_ item: UInt32) {
        withRow(item) { row in
            freshet_expect(row.items, Int(row.count) * 4)
            freshet_expect(row.weights, Int(row.count) * 4)
        }
    }

    private func withRow<T>(_ item: UInt32, _ body: (borrowing NeighbourRow) -> T) -> T {
        precondition(item < count)
        return body(rows[Int(item)])
    }

    private func keep(_ item: UInt32, _ recorder: inout StateRecorder) {
        recorder.willChange(.neighbours, item) { write(item, to: &$0) }
    }

    private mutating func append(_ row: consuming NeighbourRow) {
        if count == capacity {
            let larger = UnsafeMutablePointer<NeighbourRow>.allocate(capacity: 2 * capacity)
            larger.moveInitialize(from: rows, count: count)
            rows.deallocate()
            (rows, capacity) = (larger, 2 * capacity)
        }
        (rows + count).initialize(to: row)
        count += 1
    }
}

// MARK: - What a checkpoint keeps

extension NeighbourTable {
    func write(_ item: UInt32, to bytes: inout [UInt8]) {
        withRow(item) { $0.write(to: &bytes) }
    }

    /// An item's row: the next one, or one that is free.
    mutating func readRow(_ item: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        guard item <= count else { throw .unexpected }
        let row = try NeighbourRow(from: &bytes, entriesMax: entriesMax)
        if item == count { append(row) } else { rows[Int(item)] = row }
    }

    /// Whether there is a row for each item, and each points at items that are known.
    func finishReading(items: Int) -> Bool {
        guard count == items else { return false }
        for item in 0..<UInt32(items) where !isSound(item) { return false }
        return true
    }

    /// Whether an item's row points at items that are known: anything else would be looked up outside of the table.
    func isSound(_ item: UInt32) -> Bool {
        let known = UInt32(numbers.count)
        return withRow(item) { row in
            for place in 0..<Int(row.count) where row.items[place] >= known { return false }
            return true
        }
    }
}
