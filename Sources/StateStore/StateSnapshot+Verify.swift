import State

extension StateSnapshot {
    /// Reads everything there is: the structure of the file, then every row against its seal.
    ///
    /// - Returns: the digest, for what is whole.
    /// - Throws: `.damaged` with the first thing that is not as it should be.
    /// - Complexity: O(bytes), about a second per gigabyte.
    package func verify() throws(StateError) -> StateDigest {
        let check = try connection.text("PRAGMA quick_check(1)")
        guard check == "ok" else { throw StateError(.damaged(reason: check), at: connection.path) }
        for table in StateTable.allCases where !table.isLogical {
            let cursor = try RowCursor(table, of: connection)
            while try cursor.next() != nil {}
        }
        return try digest()
    }
}
