import CSQLite
import Pipeline
import State

/// Finds single rows of a state as of its newest commit, while another thread writes: a connection of its own.
struct RowLookup: ~Copyable {
    private let connection: Connection
    /// By table; made when first needed, finalized before the connection is closed.
    private var statements = [OpaquePointer?](repeating: nil, count: StateTable.allCases.count)

    init(_ path: String) throws(StateError) {
        connection = try Connection(path, .read)
    }

    deinit {
        for statement in statements { sqlite3_finalize(statement) }
    }

    /// The bytes of a row, checked against its seal; `nil` where there is none.
    mutating func row(_ table: StateTable, _ key: Int64) throws(StateError) -> [UInt8]? {
        let statement = try statement(table)
        // Whoever keeps a read open would keep the log from being folded.
        defer { sqlite3_reset(statement) }
        sqlite3_bind_int64(statement, 1, key)
        let code = sqlite3_step(statement)
        guard code == SQLITE_ROW else {
            if code == SQLITE_DONE { return nil }
            throw StateError(sqlite: code, of: connection.handle, path: connection.path)
        }
        let start = sqlite3_column_blob(statement, 1)
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, 1)))
        guard sqlite3_column_int64(statement, 0) == Seal.over(key, bytes) else {
            let reason = "row \(key) of '\(table.name)' is not as it was written"
            throw StateError(.damaged(reason: reason), at: connection.path)
        }
        return Array(bytes)
    }

    private mutating func statement(_ table: StateTable) throws(StateError) -> OpaquePointer? {
        let slot = Int(table.rawValue)
        if statements[slot] == nil {
            let sql = "SELECT seal, data FROM \(table.name) WHERE key = ?"
            try connection.check(
                sqlite3_prepare_v3(
                    connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statements[slot], nil))
        }
        return statements[slot]
    }
}
