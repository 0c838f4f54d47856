import CSQLite
import Pipeline
import State

/// The rows of a table in rising order of their keys, each checked against its seal.
struct RowCursor: ~Copyable {
    private let statement: Statement
    private let table: StateTable
    private let path: String

    init(_ table: StateTable, of connection: borrowing Connection) throws(StateError) {
        statement = try connection.prepare("SELECT key, seal, data FROM \(table.name) ORDER BY key")
        self.table = table
        path = connection.path
    }

    /// The bytes are SQLite's, valid until the next call.
    func next() throws(StateError) -> (key: Int64, bytes: UnsafeRawBufferPointer)? {
        guard try statement.step() else { return nil }
        let (key, bytes) = (statement.number(0), statement.bytes(2))
        guard statement.number(1) == Seal.over(key, bytes) else {
            let reason = "row \(key) of '\(table.name)' is not as it was written"
            throw StateError(.damaged(reason: reason), at: path)
        }
        return (key, bytes)
    }
}
