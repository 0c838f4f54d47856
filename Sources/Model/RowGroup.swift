/// Rows of a table that lie apart, each with a number, for loops that take them all at once. Room for 32.
///
/// It is scratch memory and no value: to fill it does not count as a change, so that it can stand beside the table.
struct RowGroup: ~Copyable {
    private static let rowsMax = 32

    let rows: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
    let items: UnsafeMutablePointer<UInt32>
    /// One for each row; 64-byte aligned.
    let weights: UnsafeMutablePointer<Float>
    private let counter: UnsafeMutablePointer<Int>

    init() {
        rows = .allocate(capacity: Self.rowsMax)
        rows.initialize(repeating: nil, count: Self.rowsMax)
        items = .allocate(capacity: Self.rowsMax)
        items.initialize(repeating: 0, count: Self.rowsMax)
        weights = UnsafeMutableRawPointer.allocate(byteCount: 4 * Self.rowsMax, alignment: 64)
            .bindMemory(to: Float.self, capacity: Self.rowsMax)
        weights.initialize(repeating: 0, count: Self.rowsMax)
        counter = .allocate(capacity: 1)
        counter.initialize(to: 0)
    }

    deinit {
        rows.deallocate()
        items.deallocate()
        weights.deallocate()
        counter.deallocate()
    }

    var count: Int { counter.pointee }

    func removeAll() { counter.pointee = 0 }

    func append(_ item: UInt32, row: UnsafeMutablePointer<Float>, weight: Float) {
        let place = counter.pointee
        precondition(place < Self.rowsMax)
        (rows[place], items[place], weights[place]) = (row, item, weight)
        counter.pointee = place + 1
    }
}
