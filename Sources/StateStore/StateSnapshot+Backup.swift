import CSQLite
import Glibc

extension StateSnapshot {
    /// Copies the state, as this snapshot sees it, into a new file that is whole from the moment it can be found.
    ///
    /// A writer goes on meanwhile, and nothing of what it commits is in the copy; its log grows until the copy is
    /// done.
    ///
    /// - Parameter progress: is told pages, after each few megabytes.
    package func backup(
        to path: String, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) throws(StateError) {
        guard FileFacts(path) == nil else { throw StateError(.exists, at: path) }
        let draft = "\(path).part"
        for ending in ["", "-wal", "-shm", "-journal"] { unlink(draft + ending) }
        do throws(StateError) {
            try copy(to: draft, progress: progress)
            let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            let parent = folder.isEmpty ? "." : "\(folder.joined(separator: "/"))/"
            try StateFolder.move(draft, to: path, in: parent)
        } catch {
            for ending in ["", "-wal", "-shm", "-journal"] { unlink(draft + ending) }
            throw Self.error(error, writing: path)
        }
    }

    /// What is wrong with the place of a backup is no fault of the state's.
    private static func error(_ error: StateError, writing path: String) -> StateError {
        switch error.kind {
        case .unreachable(let reason), .diskFailed(let reason):
            StateError(.noCopy(reason: reason), at: path)
        case .full: StateError(.noCopy(reason: "the disk is full"), at: path)
        case .readOnly: StateError(.noCopy(reason: "this user may not write there"), at: path)
        default: error
        }
    }

    /// Copies page by page into a file that holds nothing yet; on disk when it returns.
    func copy(to path: String, progress: (_ done: Int, _ total: Int) -> Void) throws(StateError) {
        let target = try Connection(path, .create)
        guard let backup = sqlite3_backup_init(target.handle, "main", connection.handle, "main") else {
            throw StateError(sqlite: sqlite3_errcode(target.handle), of: target.handle, path: path)
        }
        while sqlite3_backup_step(backup, Self.pagesPerStep) == SQLITE_OK {
            let total = Int(sqlite3_backup_pagecount(backup))
            progress(total - Int(sqlite3_backup_remaining(backup)), total)
        }
        // Tells how the last step ended.
        try target.check(sqlite3_backup_finish(backup))
        // One file without a log beside it: it can be moved, and read where nothing may be written.
        try target.run("PRAGMA journal_mode=DELETE")
    }

    private static let pagesPerStep: Int32 = 512
}
