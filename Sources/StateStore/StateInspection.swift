package import Events
import Pipeline
package import State

/// What a state holds, in numbers.
package struct StateInspection: Equatable, Sendable {
    package struct Table: Equatable, Sendable {
        package var table: StateTable
        package var rows: Int
        /// Of what was handed over, without what it costs to keep.
        package var bytes: Int
    }

    package var path: String
    /// Of the file: see `Schema`.
    package var version: Int64
    package var description: StateDescription
    package var mark: CheckpointMark
    package var tables: [Table]
    /// The next offset of each lane, by task.
    package var offsets: [Position]
    /// On disk.
    package var fileBytes: Int
    /// Of the write-ahead log, which each checkpoint empties.
    package var logBytes: Int
    /// Pages of the file that are free for new rows.
    package var freeBytes: Int

    package var heldBytes: Int { tables.reduce(0) { $0 + $1.bytes } }

    /// Bytes on disk per byte that is held; `nil` where nothing is.
    package var ratio: Double? {
        heldBytes == 0 ? nil : Double(fileBytes + logBytes) / Double(heldBytes)
    }
}

extension StateSnapshot {
    /// - Complexity: O(bytes): counting reads each page once.
    package func inspect() throws(StateError) -> StateInspection {
        let tables = try StateTable.allCases.map { table throws(StateError) in
            let sums = try connection.prepare("SELECT count(*), sum(length(data)) FROM \(table.name)")
            guard try sums.step() else { return StateInspection.Table(table: table, rows: 0, bytes: 0) }
            return StateInspection.Table(table: table, rows: Int(sums.number(0)), bytes: Int(sums.number(1)))
        }
        let pageBytes = Int(try connection.number("PRAGMA page_size"))
        return StateInspection(
            path: connection.path, version: version, description: description, mark: mark, tables: tables,
            offsets: try offsets(),
            fileBytes: Int(FileFacts(connection.path)?.bytes ?? 0),
            logBytes: Int(FileFacts("\(connection.path)-wal")?.bytes ?? 0),
            freeBytes: pageBytes * Int(try connection.number("PRAGMA freelist_count")))
    }

    private func offsets() throws(StateError) -> [Position] {
        let cursor = try RowCursor(.offsets, of: connection)
        var positions: [Position] = []
        while let row = try cursor.next() {
            guard let lane = try? Lane(stateKey: row.key), row.bytes.count == MemoryLayout<Int64>.size else {
                throw StateError(.damaged(reason: "an offset cannot be read"), at: connection.path)
            }
            let next = Int64(littleEndian: row.bytes.loadUnaligned(as: Int64.self))
            positions.append(Position(lane: lane, offset: next))
        }
        return positions.sorted { $0.lane < $1.lane }
    }
}
