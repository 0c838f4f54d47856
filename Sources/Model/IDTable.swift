package import Events

/// The names of users or items and their dense rows: 0, 1, 2 … in the order in which they were first learned.
package struct IDTable: Sendable {
    package private(set) var names: [Identifier] = []
    private var rows: [Identifier: UInt32] = [:]

    package init() {}

    package var count: Int { names.count }

    /// The row of a name; `nil` when it was never learned.
    package func row(of name: Identifier) -> UInt32? { rows[name] }

    package func name(of row: UInt32) -> Identifier { names[Int(row)] }

    /// Gives the next row to a new name.
    mutating func add(_ name: Identifier) -> UInt32 {
        assert(rows[name] == nil)
        let row = UInt32(names.count)
        names.append(name)
        rows[name] = row
        return row
    }
}
