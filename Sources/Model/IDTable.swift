package import Events
import State

/// The names of users or items and their dense rows: 0, 1, 2 … in the order in which they were first learned.
///
/// A name that is removed leaves its row nameless, and a new name takes it. Of several nameless rows the highest goes
/// first, so that the choice depends on which rows they are and not on the order in which they became so.
package struct IDTable: Sendable {
    /// By row; `nil` where a name was removed.
    private var names: [Identifier?] = []
    private var rows: [Identifier: UInt32] = [:]
    /// Nameless rows, in rising order.
    private var free: [UInt32] = []
    /// Names that were removed in this process: what was looked up by name or by row before may have moved.
    package private(set) var removals: UInt64 = 0

    package init() {}

    /// Names that are known.
    package var count: Int { rows.count }

    /// Rows, the nameless ones included.
    package var rowCount: Int { names.count }

    /// The row of a name; `nil` when it was never learned, or removed.
    package func row(of name: Identifier) -> UInt32? { rows[name] }

    /// The name of a row that has one.
    package func name(of row: UInt32) -> Identifier {
        guard let name = names[Int(row)] else { preconditionFailure("the row has no name") }
        return name
    }

    /// Whether there is such a row and it has a name.
    package func isNamed(_ row: UInt32) -> Bool { row < names.count && names[Int(row)] != nil }

    /// The row that the next new name gets.
    var nextRow: UInt32 { free.last ?? UInt32(names.count) }

    /// Gives `nextRow` to a new name.
    mutating func add(_ name: Identifier) -> UInt32 {
        assert(rows[name] == nil)
        let row = nextRow
        if free.popLast() == nil {
            names.append(name)
        } else {
            names[Int(row)] = name
        }
        rows[name] = row
        return row
    }

    /// Takes the name from a row. Cost: O(nameless rows).
    mutating func remove(_ row: UInt32) {
        guard let name = names[Int(row)] else { return }
        rows[name] = nil
        removals += 1
        names[Int(row)] = nil
        free.insert(row, at: free.firstIndex { $0 > row } ?? free.count)
    }

    /// A nameless row is kept as an empty text, which is no name.
    func write(_ row: UInt32, to bytes: inout [UInt8]) {
        bytes.put(names[Int(row)]?.text ?? "")
    }

    /// Takes back the next row.
    mutating func readRow(from bytes: inout StateBytes) throws(StateDamage) {
        let (row, text) = (UInt32(names.count), try bytes.takeText())
        guard !text.isEmpty else {
            names.append(nil)
            return free.append(row)
        }
        guard let name = Identifier(text), rows[name] == nil else { throw .unexpected }
        names.append(name)
        rows[name] = row
    }
}
