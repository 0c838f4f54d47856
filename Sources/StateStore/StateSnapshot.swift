import CSQLite
package import Pipeline
package import State

/// A state as it was at one moment: read-only, and the same for as long as it lives, whatever a writer does
/// meanwhile. It needs no ownership of the folder, and nobody waits for it.
///
/// For one thread at a time.
package struct StateSnapshot: ~Copyable, StateReader {
    let connection: Connection
    package let description: StateDescription
    package let mark: CheckpointMark

    init(_ path: String) throws(StateError) {
        let connection = try Connection(path, .read)
        let version = try Schema.current.version(of: connection)
        guard version == Schema.current.version else {
            throw StateError(.older(version: version, known: Schema.current.version), at: path)
        }
        // The first read within the transaction fixes what it sees.
        try connection.run("PRAGMA mmap_size=\(Self.mappedBytes); BEGIN")
        let meta = try MetaTable(connection)
        (description, mark) = (meta.description, meta.mark)
        self.connection = connection
    }

    /// Rows are lent out of the mapped file; the rest of a larger file is read in the ordinary way.
    private static let mappedBytes = 2_000 << 20

    /// Lends the rows of a table in rising order of their keys, each checked against its seal.
    ///
    /// - Complexity: O(rows).
    package func read(
        _ table: StateTable, _ body: (_ key: Int64, _ bytes: UnsafeRawBufferPointer) throws(Trouble) -> Void
    ) throws(Trouble) {
        let cursor = try StateError.asTrouble { () throws(StateError) in
            try RowCursor(table, of: connection)
        }
        while let row = try StateError.asTrouble({ () throws(StateError) in try cursor.next() }) {
            try body(row.key, row.bytes)
        }
    }
}
