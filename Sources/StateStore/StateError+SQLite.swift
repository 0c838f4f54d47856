import CSQLite
import Glibc

extension StateError {
    /// - Parameters:
    ///   - code: an extended result code.
    ///   - handle: the connection that gave it; its message and the system's reason are read from it.
    init(sqlite code: Int32, of handle: OpaquePointer?, path: String) {
        // A COMMIT that could not write does not keep the system's reason, which is this thread's newest.
        let newest = code == Self.failedWrite ? Glibc.errno : 0
        let message = handle.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) }
        let kept = handle.map { sqlite3_system_errno($0) } ?? 0
        self.init(Self.kind(of: code, message: message, errno: kept == 0 ? newest : kept), at: path)
    }

    static func kind(of code: Int32, message: String?, errno: Int32) -> Kind {
        let reason = message ?? String(cString: sqlite3_errstr(code))
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED: return .busy
        case SQLITE_FULL: return .full
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: return .readOnly
        case SQLITE_NOTADB: return .foreign
        case SQLITE_CORRUPT: return .damaged(reason: reason)
        case SQLITE_NOMEM: return .outOfMemory
        case SQLITE_CANTOPEN:
            return .unreachable(reason: errno == 0 ? reason : systemReason(errno))
        case SQLITE_IOERR:
            if [ENOSPC, EDQUOT, EFBIG].contains(errno) { return .full }
            // A page that should be there and is not.
            if code == Self.shortRead { return .damaged(reason: "it ends too early") }
            return .diskFailed(reason: errno == 0 ? reason : systemReason(errno))
        default: return .failed(reason: reason)
        }
    }

    /// `SQLITE_IOERR_SHORT_READ`, a macro that Swift does not see.
    private static let shortRead = SQLITE_IOERR | 2 << 8

    /// `SQLITE_IOERR_WRITE`, likewise.
    private static let failedWrite = SQLITE_IOERR | 3 << 8

    static func systemReason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
