import CSQLite
import Pipeline
import State

/// Writes rows through a connection, with statements that are prepared once per table.
struct RowWriter: ~Copyable {
    private enum Verb: Int {
        case put
        case remove
    }

    /// By verb and table; made when first needed.
    private var statements = [OpaquePointer?](repeating: nil, count: 2 * StateTable.allCases.count)
    /// Indices of the rows of a chunk in the order of writing: kept for its memory.
    private var order: [Int] = []

    init() {}

    deinit {
        for statement in statements { sqlite3_finalize(statement) }
    }

    /// Writes the rows of a chunk in the order of table and key, so that each page of the file is visited once.
    mutating func write(
        _ chunk: borrowing StateChunk, to connection: borrowing Connection
    ) throws(StateError) {
        let rows = chunk.rows
        var order = self.order
        self.order = []
        defer { self.order = order }
        order.removeAll(keepingCapacity: true)
        order.append(contentsOf: rows.indices)
        if !Self.isRising(rows) {
            // Of two rows with one key the later must win: hence the index.
            order.sort { left, right in
                let (a, b) = (Self.place(of: rows[left]), Self.place(of: rows[right]))
                return a == b ? left < right : a < b
            }
        }
        for index in order {
            let row = rows[index]
            if let range = row.range {
                try put(row, chunk.bytes, range, connection)
            } else {
                let statement = try statement(.remove, row.table, connection)
                sqlite3_bind_int64(statement, 1, row.key)
                sqlite3_step(statement)
                try connection.check(sqlite3_reset(statement))
            }
        }
    }

    private mutating func put(
        _ row: StateChunk.Row, _ bytes: [UInt8], _ range: Range<Int>, _ connection: borrowing Connection
    ) throws(StateError) {
        let statement = try statement(.put, row.table, connection)
        let code = bytes.withUnsafeBytes { all in
            let bytes = UnsafeRawBufferPointer(rebasing: all[range])
            sqlite3_bind_int64(statement, 1, row.key)
            sqlite3_bind_int64(statement, 2, Seal.over(row.key, bytes))
            if bytes.isEmpty {
                // A null pointer would be NULL and not an empty value.
                sqlite3_bind_zeroblob(statement, 3, 0)
            } else {
                // Lent until the step is done; the next row binds its own.
                sqlite3_bind_blob64(statement, 3, bytes.baseAddress, UInt64(bytes.count), nil)
            }
            sqlite3_step(statement)
            return sqlite3_reset(statement)
        }
        try connection.check(code)
    }

    private mutating func statement(
        _ verb: Verb, _ table: StateTable, _ connection: borrowing Connection
    ) throws(StateError) -> OpaquePointer? {
        let slot = 2 * Int(table.rawValue) + verb.rawValue
        if let made = statements[slot] { return made }
        let sql =
            switch verb {
            case .put: "INSERT OR REPLACE INTO \(table.name) VALUES (?, ?, ?)"
            case .remove: "DELETE FROM \(table.name) WHERE key = ?"
            }
        try connection.check(sqlite3_prepare_v3(connection.handle, sql, -1, 0, &statements[slot], nil))
        return statements[slot]
    }

    private static func isRising(_ rows: [StateChunk.Row]) -> Bool {
        rows.indices.dropFirst().allSatisfy { Self.place(of: rows[$0 - 1]) < Self.place(of: rows[$0]) }
    }

    private static func place(of row: StateChunk.Row) -> (UInt8, Int64) { (row.table.rawValue, row.key) }
}
