package import Events
import State

/// The names of users or items and their dense rows: 0, 1, 2 … in the order in which they were first learned.
///
/// A name that is removed leaves its row nameless, and a new name takes it. Of several nameless rows the highest goes
/// first, so that the choice depends on which rows they are and not on the order in which they became so.
package struct IDTable: Sendable {
    /// By row; `nil` where a name was removed.
    private var names: [Identifier?] = []
    /// Rows by name, found by open addressing with the names' own fingerprints: each a row plus one, 0 where nothing
    /// is. A power of two, never more than two in three taken. Memory: 6 to 12 bytes a name.
    private var slots = [UInt32](repeating: 0, count: 16)
    /// Names that are known.
    package private(set) var count = 0
    /// Nameless rows, in rising order.
    private var free: [UInt32] = []
    /// Names that were removed in this process: what was looked up by name or by row before may have moved.
    package private(set) var removals: UInt64 = 0

    package init() {}

    /// Rows, the nameless ones included.
    package var rowCount: Int { names.count }

    /// The row of a name; `nil` when it was never learned, or removed.
    package func row(of name: Identifier) -> UInt32? {
        let entry = slots[slot(of: name)]
        return entry == 0 ? nil : entry - 1
    }

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
        assert(self.row(of: name) == nil)
        let row = nextRow
        if free.popLast() == nil {
            names.append(name)
        } else {
            names[Int(row)] = name
        }
        enter(name, row)
        return row
    }

    /// Takes the name from a row. Cost: O(nameless rows).
    mutating func remove(_ row: UInt32) {
        guard let name = names[Int(row)] else { return }
        erase(slot(of: name))
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
        guard let name = Identifier(text), self.row(of: name) == nil else { throw .unexpected }
        names.append(name)
        enter(name, row)
    }

    /// The slot of a name, or the free one where it belongs.
    private func slot(of name: Identifier) -> Int {
        var slot = home(of: name)
        while slots[slot] != 0, names[Int(slots[slot] - 1)] != name { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private func home(of name: Identifier) -> Int {
        Int(truncatingIfNeeded: name.fingerprint) & (slots.count - 1)
    }

    private mutating func enter(_ name: Identifier, _ row: UInt32) {
        count += 1
        if 3 * count > 2 * slots.count { grow() }
        slots[slot(of: name)] = row + 1
    }

    /// Empties a slot and moves up what had to give way to it, so that no probe ends too early (Knuth, "The Art of
    /// Computer Programming", volume 3, 6.4, algorithm R).
    private mutating func erase(_ slot: Int) {
        let mask = slots.count - 1
        var (hole, next) = (slot, (slot + 1) & mask)
        while slots[next] != 0 {
            let name = self.name(of: slots[next] - 1)
            if (next - home(of: name)) & mask >= (next - hole) & mask {
                slots[hole] = slots[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        slots[hole] = 0
        count -= 1
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt32](repeating: 0, count: 2 * old.count)
        for entry in old where entry != 0 {
            var slot = home(of: name(of: entry - 1))
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = entry
        }
    }
}
