import CSQLite
package import Pipeline
package import State

/// A state as it was at one moment: read-only, and the same for as long as it lives, whatever a writer does
/// meanwhile. It needs no ownership of the folder, and nobody waits for it.
///
/// For one thread at a time.
package struct StateSnapshot: ~Copyable, StateReader {
    let connection: Connection
    /// Of the file: see `Schema`.
    package let version: Int64
    package let description: StateDescription
    package let mark: CheckpointMark

    /// - Parameter admitsOlder: whether a file that a start would upgrade may be looked at as it is.
    init(_ path: String, schema: Schema = .current, admitsOlder: Bool = false) throws(StateError) {
        let connection = try Connection(path, .read)
        // The first read within the transaction fixes what it sees.
        try connection.run("BEGIN")
        let version = try schema.version(of: connection)
        guard version == schema.version || (version > 0 && admitsOlder) else {
            throw StateError(.older(version: version, known: schema.version), at: path)
        }
        let meta = try MetaTable(connection)
        (description, mark) = (meta.description, meta.mark)
        self.connection = connection
        self.version = version
    }

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
