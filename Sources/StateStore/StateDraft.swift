package import State

/// A state that is made as a whole, beside what a folder holds, and takes its place in one step: whoever looks finds
/// the old one or the new one. A draft that is not adopted leaves the folder as it was.
///
/// It owns the folder from its first moment on. No log is kept of its rows: should the process die, nobody wants them.
package struct StateDraft: ~Copyable {
    // In this order they end: the statements, their connection, the file, the right to the folder.
    private var writer = RowWriter()
    private let connection: Connection
    private let file: DraftFile
    private let ownership: FolderLock
    private let folder: StateFolder

    /// Gone with the value, unless it has taken the database's place.
    private struct DraftFile: ~Copyable {
        let folder: StateFolder

        deinit { folder.removeDraft() }
    }

    /// - Throws: `.owned` where another process has the folder.
    package init(_ folder: StateFolder) throws(StateError) {
        try folder.make()
        let ownership = try FolderLock(folder)
        folder.removeDraft()
        let file = DraftFile(folder: folder)
        try Schema.current.make(folder.draft)
        let connection = try Connection(folder.draft, .write)
        try connection.run(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; BEGIN IMMEDIATE")
        self.folder = folder
        self.ownership = ownership
        self.file = file
        self.connection = connection
    }

    /// Adds rows; of rows with one key the last wins.
    package mutating func write(_ chunks: [StateChunk]) throws(StateError) {
        try writer.write(chunks, to: connection)
    }

    /// Everything is written: the draft is the folder's state from now on, as its first checkpoint.
    ///
    /// - Returns: the state, still owned.
    package consuming func adopt(
        describing description: StateDescription, timeMs: Int64
    ) throws(StateError) -> sending StateFile {
        try MetaTable.write(description, CheckpointMark(number: 1, timeMs: timeMs), to: connection)
        try connection.run("COMMIT")
        let folder = folder
        // Closed before it moves.
        _ = consume writer
        _ = consume connection
        folder.foldLog()
        try folder.adoptDraft()
        _ = consume file
        return try StateFile(folder, ownership: ownership)
    }
}
