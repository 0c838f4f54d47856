package import Events
import Glibc

/// A backup that was made with `StateSnapshot.backup`, to be looked at and put back.
package struct StateBackup: ~Copyable {
    private let source: StateSnapshot
    private let path: String

    /// - Throws: `.noBackup`, or what keeps the file from being a state that can be used; older ones can.
    package init(_ path: String) throws(StateError) {
        guard FileFacts(path) != nil else { throw StateError(.noBackup, at: path) }
        source = try StateSnapshot(path, admitsOlder: true)
        self.path = path
    }

    /// What is in it, for the eyes only.
    package consuming func snapshot() throws(StateError) -> StateSnapshot { try StateSnapshot(path) }

    package var description: StateDescription { source.description }
    package var mark: CheckpointMark { source.mark }

    /// Puts the backup in the place of what is kept in a folder. Up to the last moment the old state stays as it is;
    /// after it the backup's is there, whole and on disk.
    ///
    /// - Parameters:
    ///   - topics: those whose offsets count now; `nil` restores whatever they are.
    ///   - names: what the topics of the backup are to be called from now on, where that is meant.
    /// - Throws: `.otherTopics` where offsets of the backup would mean something else, `.damaged` where not every row
    ///   of it is as it was written, `.owned` while a process writes in the folder.
    package func restore(
        to folder: StateFolder, expecting topics: [StateDescription.TopicFacts]?,
        naming names: [Topic: String] = [:]
    ) throws(StateError) {
        if let topics {
            let differences = description.differences(from: topics)
            guard differences.isEmpty else {
                throw StateError(.otherTopics(differences: differences), at: path)
            }
        }
        try folder.make()
        let ownership = try FolderLock(folder)
        folder.removeDraft()
        do throws(StateError) {
            try source.copy(to: folder.draft, progress: { _, _ in })
            try upgrade(folder.draft, naming: names)
            try verify(folder.draft)
            folder.foldLog()
            try folder.adoptDraft()
        } catch {
            folder.removeDraft()
            throw error
        }
        _ = consume ownership
    }

    private func upgrade(_ copy: String, naming names: [Topic: String]) throws(StateError) {
        let connection = try Connection(copy, .write)
        try Schema.current.upgrade(connection)
        guard !description.renamed(among: names).isEmpty else { return }
        var described = description
        for index in described.topics.indices {
            described.topics[index].name =
                names[described.topics[index].topic] ?? described.topics[index].name
        }
        try connection.transaction { () throws(StateError) in
            try MetaTable.write(described, mark, to: connection)
        }
    }

    /// Checks a copy, and blames the backup.
    private func verify(_ copy: String) throws(StateError) {
        do throws(StateError) {
            _ = try StateSnapshot(copy).verify()
        } catch {
            throw StateError(error.kind, at: path)
        }
    }
}
