import CSQLite
import Glibc

/// One connection to a state file: for one thread at a time, closed once.
struct Connection: ~Copyable {
    enum Mode {
        case read
        case write
        /// Writes, and makes the file if there is none, for this user alone: what people did is nobody else's business.
        case create

        var flags: Int32 {
            switch self {
            case .read: SQLITE_OPEN_READONLY
            case .write: SQLITE_OPEN_READWRITE
            case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            }
        }
    }

    let handle: OpaquePointer
    let path: String

    init(_ path: String, _ mode: Mode) throws(StateError) {
        // A name that begins with "file:" would be taken for a URI.
        let name = path.hasPrefix("/") ? path : "./\(path)"
        if mode == .create {
            let descriptor = Glibc.open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            // Where that fails SQLite's attempt fails too, and tells why.
            if descriptor >= 0 { close(descriptor) }
        }
        var opened: OpaquePointer?
        let code = sqlite3_open_v2(
            name, &opened, mode.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let opened else {
            // SQLite hands the handle back with the error, for its message: still ours to close.
            let error = StateError(sqlite: code, of: opened, path: path)
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        self.path = path
        // Whoever else looks at the file (a shell, a backup) holds it for moments.
        sqlite3_busy_timeout(handle, 5_000)
    }

    /// Rolls an open transaction back. `_v2` waits for statements that are still to be finalized.
    deinit { sqlite3_close_v2(handle) }

    /// Runs statements that give no rows, or whose rows nobody wants.
    func run(_ sql: String) throws(StateError) {
        try check(sqlite3_exec(handle, sql, nil, nil, nil))
    }

    /// All of `body` or nothing. A body that throws is rolled back.
    func transaction(_ body: () throws(StateError) -> Void) throws(StateError) {
        try run("BEGIN IMMEDIATE")
        do throws(StateError) {
            try body()
            try run("COMMIT")
        } catch {
            rollBack()
            throw error
        }
    }

    /// Some errors have rolled back already, so there may be nothing left to roll back.
    func rollBack() {
        if sqlite3_get_autocommit(handle) == 0 { sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
    }

    func prepare(_ sql: String) throws(StateError) -> Statement {
        var statement: OpaquePointer?
        try check(sqlite3_prepare_v3(handle, sql, -1, 0, &statement, nil))
        guard let statement else { throw StateError(.failed(reason: "there is no statement"), at: path) }
        return Statement(adopting: statement, path: path)
    }

    /// The first column of the first row; empty where there is none.
    func text(_ sql: String) throws(StateError) -> String {
        let statement = try prepare(sql)
        return try statement.step() ? statement.text(0) : ""
    }

    /// The same of a number; 0 where there is none.
    func number(_ sql: String) throws(StateError) -> Int64 {
        let statement = try prepare(sql)
        return try statement.step() ? statement.number(0) : 0
    }

    func check(_ code: Int32) throws(StateError) {
        guard code == SQLITE_OK else { throw StateError(sqlite: code, of: handle, path: path) }
    }
}
