/// Rows on their way to the state store: the bytes of many in one allocation.
package struct StateChunk: Sendable {
    package struct Row: Equatable, Sendable {
        package var table: StateTable
        package var key: Int64
        /// Into `bytes`; `nil` is a row that must be gone.
        package var range: Range<Int>?
    }

    package private(set) var rows: [Row] = []
    package private(set) var bytes: [UInt8] = []
    /// Whether it had its room from the start, so that its memory is worth to be used again.
    package private(set) var isRoomy = false

    package init() {}

    package var isEmpty: Bool { rows.isEmpty }

    /// Adds a row whose bytes `write` appends. A later row of the same key replaces an earlier one.
    package mutating func put(_ table: StateTable, _ key: Int64, _ write: (inout [UInt8]) -> Void) {
        let start = bytes.count
        write(&bytes)
        rows.append(Row(table: table, key: key, range: start..<bytes.count))
    }

    package mutating func remove(_ table: StateTable, _ key: Int64) {
        rows.append(Row(table: table, key: key, range: nil))
    }

    /// Makes room for so many bytes in all.
    package mutating func reserve(bytes count: Int) {
        bytes.reserveCapacity(count)
        isRoomy = true
    }

    /// Takes all rows out and keeps the memory, for other rows.
    package mutating func clear() {
        rows.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}
