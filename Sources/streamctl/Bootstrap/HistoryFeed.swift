import Events
import KafkaLog
import Pipeline
import RatingFiles
import Telemetry

/// Rows of a table as the records that `replay` would have published: the core gets the very bytes, in the partitions
/// that the key gives them, and in the order in which `run` would merge them.
///
/// The records of a partition have the offsets right before the one where the log goes on, so that the core knows by
/// itself where that is. Where the log is shorter than the files these offsets are below 0.
struct HistoryFeed {
    private let columns: RatingColumns
    private let users: IDTexts
    private let items: IDTexts
    /// By number of the user.
    private let partitions: [Int32]
    /// Rows in the order of the merge: by time, partition, topic, and place in the files.
    private let order: [UInt32]
    private let nowMs: Int64
    private var text = EventText()

    /// Rows that are decoded ahead.
    private static let batchRows = 4_096

    /// - Parameters:
    ///   - table: in the order of time.
    ///   - partitionCount: of the topics that are keyed by user.
    ///   - nowMs: when the records count as having arrived: what lies too far behind it is refused.
    init(_ table: RatingTable, partitionCount: Int32, nowMs: Int64) {
        columns = table.columns
        users = IDTexts(table.users, spelling: jsonString)
        items = IDTexts(table.items, spelling: jsonString)
        let partitions = (0..<UInt32(table.users.count)).map {
            KeyPartition.of(table.users.id($0), partitions: partitionCount)
        }
        order = Self.order(of: table.columns, partitions)
        (self.partitions, self.nowMs) = (partitions, nowMs)
    }

    /// Has the core learn all rows, and go on at `positions` afterwards. Lanes that are not named go on at 0.
    ///
    /// - Parameter shouldGoOn: told how many rows are done, after every few thousand.
    /// - Returns: whether all were learned.
    mutating func feed(
        to core: inout Core, before positions: [Position], shouldGoOn: (Int) -> Bool
    ) throws(Trouble) -> Bool {
        var next = beginnings(before: positions)
        let lanes = next.keys.sorted()
        // Of a lane that is new and stays so there is nothing to know.
        let beginnings = lanes.map { Position(lane: $0, offset: next[$0] ?? 0) }
        core.begin(at: beginnings.filter { $0.offset != 0 })
        core.receive(.assigned(lanes), nowMs: 0)
        var recall = MemoryRecall()
        var done = 0
        while done < order.count {
            guard shouldGoOn(done) else { return false }
            let batch = order[done..<min(done + Self.batchRows, order.count)]
            for row in batch { give(Int(row), to: &core, &next) }
            for lane in lanes { core.receive(.reachedEnd(lane, next: next[lane] ?? 0), nowMs: 0) }
            while try core.advance(limit: batch.count, nowMs: 0, recalling: &recall) > 0 {}
            // What is refused stands in the counts; a letter would name a record that nobody finds.
            core.lettersWritten()
            done += batch.count
        }
        return true
    }

    private mutating func give(_ row: Int, to core: inout Core, _ next: inout [Lane: Int64]) {
        text.write(row, of: columns, users: users, items: items)
        let lane = lane(of: row)
        let position = Position(lane: lane, offset: next[lane] ?? 0)
        next[lane] = position.offset + 1
        text.bytes.withUnsafeBytes { bytes in
            core.receive(
                .record(Record(position: position, arrivedMs: nowMs, key: nil, value: bytes)), nowMs: 0)
        }
    }

    /// The first offset of each lane, so that its rows end where the log goes on.
    private func beginnings(before positions: [Position]) -> [Lane: Int64] {
        var next: [Lane: Int64] = [:]
        for position in positions { next[position.lane] = position.offset }
        for row in order { next[lane(of: Int(row)), default: 0] -= 1 }
        return next
    }

    private func lane(of row: Int) -> Lane {
        Lane(
            topic: columns.action(row) == .rating ? .ratings : .feedback,
            partition: partitions[Int(columns.users[row])])
    }

    /// The rows as they stand, but for those of one time, which the merge takes by lane.
    private static func order(of columns: RatingColumns, _ partitions: [Int32]) -> [UInt32] {
        var order = (0..<UInt32(columns.count)).map { $0 }
        func key(_ row: UInt32) -> (Int32, Int, UInt32) {
            let isRating = columns.action(Int(row)) == .rating
            return (partitions[Int(columns.users[Int(row)])], isRating ? 0 : 1, row)
        }
        var first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, columns.timestampsMs[end] == columns.timestampsMs[first] { end += 1 }
            if end - first > 1 { order[first..<end].sort { key($0) < key($1) } }
            first = end
        }
        return order
    }
}
