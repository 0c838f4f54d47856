import CSQLite
import Pipeline
import State

/// The rows of a table in rising order of their keys, each checked against its seal.
struct RowCursor: ~Copyable {
    private let statement: Statement
    private let table: StateTable
    private let path: String

    /// - Parameter only: the one key that is wanted; `nil` for all.
    init(
        _ table: StateTable, only key: Int64? = nil, of connection: borrowing Connection
    ) throws(StateError) {
        let which = key.map { "WHERE key = \($0)" } ?? "ORDER BY key"
        statement = try connection.prepare("SELECT key, seal, data FROM \(table.name) \(which)")
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
