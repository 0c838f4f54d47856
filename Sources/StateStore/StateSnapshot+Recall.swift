package import Pipeline
package import State

extension StateSnapshot: RowRecall {
    package var canRecall: Bool { true }

    /// A row as of the snapshot, however old that is by now.
    package func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]? {
        try StateError.asTrouble { () throws(StateError) in
            let cursor = try RowCursor(table, only: key, of: connection)
            return try cursor.next().map { Array($0.bytes) }
        }
    }
}
