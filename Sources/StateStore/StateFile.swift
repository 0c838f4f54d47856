import CSQLite

/// A state that this process owns: opened, upgraded if an older Freshet wrote it, made if there was none.
///
/// The file is SQLite's, with a write-ahead log: a commit is appended to the log and then waited for until it is on
/// disk (`synchronous=FULL`), so a checkpoint that was reported survives a loss of power. The cheaper `NORMAL` would
/// give back an older checkpoint after such a loss; the one wait per checkpoint happens on a thread that nobody waits
/// for. What is removed is overwritten with zeros: a person who asked to be forgotten is not found in the file.
package struct StateFile: ~Copyable {
    // Closed before the lock is given back.
    let connection: Connection
    private let ownership: FolderLock
    package let folder: StateFolder
    /// What the newest checkpoint said about itself; empty in a new state.
    package let description: StateDescription
    /// The newest checkpoint; number 0 in a new state.
    package let mark: CheckpointMark

    /// - Throws: `.owned` where another process has the folder.
    package init(_ folder: StateFolder) throws(StateError) {
        try self.init(folder, schema: .current)
    }

    init(_ folder: StateFolder, schema: Schema) throws(StateError) {
        try folder.make()
        try self.init(folder, schema: schema, ownership: FolderLock(folder))
    }

    /// Of a folder that is owned already.
    init(
        _ folder: StateFolder, schema: Schema = .current, ownership: consuming FolderLock
    ) throws(StateError) {
        folder.removeDraft()
        if let facts = FileFacts(folder.database) {
            // Files are made under another name, so one of ours is never empty. SQLite would take it for a new one,
            // and all that was learned would be gone in silence.
            guard facts.bytes > 0 else {
                throw StateError(.damaged(reason: "the file is empty"), at: folder.database)
            }
        } else {
            try schema.make(folder.draft)
            try folder.adoptDraft()
        }
        let connection = try Connection(folder.database, .write)
        try schema.upgrade(connection)
        guard try connection.text("PRAGMA journal_mode=WAL") == "wal" else {
            let reason = "its file system allows no write-ahead log; state.folder must be on a local disk"
            throw StateError(.failed(reason: reason), at: folder.path)
        }
        try connection.run(
            """
            PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;
            PRAGMA secure_delete=ON; PRAGMA cache_size=-\(Self.cacheKibibytes);
            """)
        let meta = try MetaTable(connection)
        (description, mark) = (meta.description, meta.mark)
        self.folder = folder
        self.connection = connection
        self.ownership = ownership
    }

    /// Pages that a checkpoint changes are kept here until it commits, so that each goes to the log once. What does not
    /// fit goes there early, and again after another of its rows has come: rows come in the order in which they change.
    private static let cacheKibibytes = 262_144

    /// Whether nothing was ever kept in it.
    package var isNew: Bool { mark.number == 0 }

    /// Refuses to go on learning with other settings than those that the numbers depend on.
    package func check(model: String) throws(StateError) {
        guard !isNew, description.model != model else { return }
        throw StateError(.learnedOtherwise(was: description.model, now: model), at: folder.path)
    }

    /// The rows as they are now. Each snapshot has a connection of its own, so several threads may read side by
    /// side: one snapshot each, from `folder`.
    package func snapshot() throws(StateError) -> StateSnapshot { try folder.snapshot() }

    /// Copies what is in the log into the file, so that the log stays as short as one checkpoint, and gives back the
    /// memory of its pages.
    ///
    /// Whoever reads holds back the pages that they see; what is left is done the next time.
    func foldLog() throws(StateError) {
        sqlite3_busy_timeout(connection.handle, 0)
        defer {
            sqlite3_busy_timeout(connection.handle, 5_000)
            sqlite3_db_release_memory(connection.handle)
        }
        let code = sqlite3_wal_checkpoint_v2(
            connection.handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        guard code & 0xff != SQLITE_BUSY else { return }
        try connection.check(code)
    }
}
