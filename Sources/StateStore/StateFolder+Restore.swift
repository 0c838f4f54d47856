import Glibc

extension StateFolder {
    /// Puts a backup in the place of what is kept here. Up to the last moment the old state stays as it is; after it
    /// the backup's is there, whole and on disk.
    ///
    /// - Parameters:
    ///   - topics: those of which the log's offsets are now; `nil` restores whatever the backup's were.
    /// - Throws: `.otherTopics` where offsets of the backup would mean something else, `.damaged` where not every row
    ///   of it is as it was written, `.owned` while a process writes here.
    package func restore(
        from backup: String, expecting topics: [StateDescription.TopicFacts]?
    ) throws(StateError) {
        guard FileFacts(backup) != nil else { throw StateError(.noBackup, at: backup) }
        let source = try StateSnapshot(backup, admitsOlder: true)
        if let topics {
            let differences = source.description.differences(from: topics)
            guard differences.isEmpty else {
                throw StateError(.otherTopics(differences: differences), at: backup)
            }
        }
        try make()
        let ownership = try FolderLock(self)
        removeDraft()
        do throws(StateError) {
            try source.copy(to: draft, progress: { _, _ in })
            try Schema.current.upgrade(Connection(draft, .write))
            try verifyDraft(of: backup)
            foldOldLog()
            try adoptDraft()
        } catch {
            removeDraft()
            throw error
        }
        _ = consume ownership
    }

    /// Checks the copy, and blames the backup.
    private func verifyDraft(of backup: String) throws(StateError) {
        do throws(StateError) {
            _ = try StateSnapshot(draft).verify()
        } catch {
            throw StateError(error.kind, at: backup)
        }
    }

    /// The old file is to be whole by itself before its log is removed: a crash in between must leave a state.
    private func foldOldLog() {
        // The last connection folds the log when it closes. What cannot be opened has nothing to be saved.
        guard FileFacts(database) != nil, let old = try? Connection(database, .write) else { return }
        _ = try? old.number("SELECT count(*) FROM meta")
    }
}
