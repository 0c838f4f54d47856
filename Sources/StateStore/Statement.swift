import CSQLite

/// A prepared statement, finalized once.
struct Statement: ~Copyable {
    let handle: OpaquePointer
    private let path: String

    init(adopting handle: OpaquePointer, path: String) {
        self.handle = handle
        self.path = path
    }

    deinit { sqlite3_finalize(handle) }

    /// Moves to the next row; `false` after the last.
    func step() throws(StateError) -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else {
            throw StateError(sqlite: code, of: sqlite3_db_handle(handle), path: path)
        }
        return false
    }

    /// Makes a text the value of a parameter; the first is 1.
    func bind(_ parameter: Int32, _ text: String) throws(StateError) {
        // SQLite copies it before the call ends.
        let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code = sqlite3_bind_text(handle, parameter, text, -1, copies)
        guard code == SQLITE_OK else {
            throw StateError(sqlite: code, of: sqlite3_db_handle(handle), path: path)
        }
    }

    func number(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func text(_ column: Int32) -> String {
        sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
    }

    /// SQLite's memory: valid until the next step.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        // The pointer first: asking for it may convert the value, and with it the count.
        let start = sqlite3_column_blob(handle, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }
}
