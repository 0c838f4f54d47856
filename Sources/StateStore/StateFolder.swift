import Glibc

/// Where a state is kept: the names of its files.
package struct StateFolder: Equatable, Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    package var database: String { "\(path)/freshet.db" }
    var lock: String { "\(path)/freshet.lock" }
    /// A file that is being made, and takes the database's place when it is whole.
    var draft: String { "\(path)/freshet.db.new" }

    /// Looks at what is kept, as it is now and stays while the snapshot lives; also while another process writes.
    package func snapshot() throws(StateError) -> StateSnapshot {
        guard FileFacts(database) != nil else { throw StateError(.missing, at: path) }
        return try StateSnapshot(database)
    }

    /// Makes the folder and those above it, for this user alone.
    func make() throws(StateError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for name in path.split(separator: "/") {
            made += made.isEmpty || made == "/" ? String(name) : "/\(name)"
            guard mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
            let kind: StateError.Kind =
                errno == EACCES || errno == EROFS
                ? .readOnly : .unreachable(reason: StateError.systemReason(errno))
            throw StateError(kind, at: path)
        }
    }

    /// The same; `nil` where nothing is there yet.
    package func snapshotIfAny() throws(StateError) -> StateSnapshot? {
        guard FileFacts(database) != nil else { return nil }
        return try StateSnapshot(database)
    }

    /// Which checkpoint is kept; `nil` where nothing is there yet.
    package func mark() throws(StateError) -> CheckpointMark? {
        guard FileFacts(database) != nil else { return nil }
        return try StateSnapshot(database).mark
    }

    /// Makes the old file whole by itself before its log is removed: a crash in between must leave a state.
    func foldLog() {
        // The last connection folds the log when it closes. What cannot be opened has nothing to be saved.
        guard FileFacts(database) != nil, let old = try? Connection(database, .write) else { return }
        _ = try? old.number("SELECT count(*) FROM meta")
    }

    /// Puts the finished draft in the database's place, safe against power loss.
    func adoptDraft() throws(StateError) {
        // What another file's log holds must never be played into this one.
        for ending in ["-wal", "-shm", "-journal"] { unlink(database + ending) }
        try Self.move(draft, to: database, in: path)
    }

    /// Removes a draft that was never finished.
    func removeDraft() {
        for ending in ["", "-wal", "-shm", "-journal"] { unlink(draft + ending) }
    }

    /// Renames within a folder and waits until the folder is on disk.
    static func move(_ source: String, to target: String, in folder: String) throws(StateError) {
        guard rename(source, target) == 0 else {
            throw StateError(.diskFailed(reason: StateError.systemReason(errno)), at: target)
        }
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
