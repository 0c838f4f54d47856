/// Where items are. An item has a number for ever, in the order in which items first came, and a row while it is in
/// memory. What refers to items that may come and go (acts, neighbours) does so by number; what is worked through whole
/// lies by row. As long as no item ever left memory the two are the same.
///
/// Memory: 4 bytes for each item ever known, and 4 for each in memory.
struct ItemNumbers {
    /// By number; `away` for an item that is not in memory.
    private(set) var rows: [UInt32] = []
    /// By row.
    private(set) var numbers: [UInt32] = []
    /// Whether each item's number is its row.
    private(set) var isPlain = true

    static let away = UInt32.max

    /// Items ever known.
    var count: Int { rows.count }

    /// `nil` for an item that is not in memory.
    func row(of number: UInt32) -> UInt32? {
        rows[Int(number)] == Self.away ? nil : rows[Int(number)]
    }

    @inline(__always)
    func number(of row: UInt32) -> UInt32 { isPlain ? row : numbers[Int(row)] }

    /// A new item gets the next number.
    mutating func add(_ row: UInt32) {
        rows.append(row)
        enter(UInt32(rows.count - 1), row)
    }

    /// An item is in memory, in a row that is free or the next one.
    mutating func enter(_ number: UInt32, _ row: UInt32) {
        rows[Int(number)] = row
        if Int(row) == numbers.count { numbers.append(number) } else { numbers[Int(row)] = number }
        if number != row { isPlain = false }
    }

    mutating func leave(_ row: UInt32) {
        rows[Int(numbers[Int(row)])] = Self.away
        isPlain = false
    }

    /// Takes back which number is in which row, when `count` items were ever known; whether that can be.
    mutating func restore(_ numbers: [UInt32], count: Int) -> Bool {
        self = ItemNumbers()
        rows = [UInt32](repeating: Self.away, count: count)
        isPlain = numbers.count == count
        for (row, number) in numbers.enumerated() {
            guard number < count, rows[Int(number)] == Self.away else { return false }
            enter(number, UInt32(row))
        }
        return true
    }
}
