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
    /// Kept for its memory.
    private var order: [Place] = []

    /// Where a row goes, and where it comes from. What comes later wins, so the source decides last.
    private struct Place: Comparable {
        var table: UInt8
        var key: Int64
        var chunk: Int
        var row: Int

        static func < (left: Self, right: Self) -> Bool {
            (left.table, left.key, left.chunk, left.row) < (right.table, right.key, right.chunk, right.row)
        }
    }

    init() {}

    deinit {
        for statement in statements { sqlite3_finalize(statement) }
    }

    /// Writes rows in the order of table and key, so that each page of the file is visited once: the more chunks at
    /// a time, the better. Of rows with one key the last wins.
    mutating func write(_ chunks: [StateChunk], to connection: borrowing Connection) throws(StateError) {
        var order = self.order
        self.order = []
        defer {
            order.removeAll(keepingCapacity: true)
            self.order = order
        }
        for (index, chunk) in chunks.enumerated() {
            for (row, facts) in chunk.rows.enumerated() {
                order.append(Place(table: facts.table.rawValue, key: facts.key, chunk: index, row: row))
            }
        }
        order.sort()
        for place in order {
            let row = chunks[place.chunk].rows[place.row]
            if let range = row.range {
                try put(row, chunks[place.chunk].bytes, range, connection)
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
}
