import Events

/// A batch out of the queues of several lanes: always from the lane that is furthest behind in time, because that is
/// the one for which the merge keeps the others waiting.
///
/// Time is the records' own stamp, which need not be that of the events: then a lane that runs ahead is paused when as
/// much of it waits as may, and the others have their turn.
struct LaneRound {
    let queues: [LaneQueue]
    let client: OpaquePointer
    private(set) var recordsLeft: Int
    private var bytesLeft = bytesMax

    /// A round ends with the record that makes it larger than this: what is refused is kept whole.
    private static let bytesMax = 16 << 20
    /// Records that a lane brings before another may have its turn.
    private static let turnRecords = 64

    init(queues: [LaneQueue], client: OpaquePointer, limit: Int) {
        (self.queues, self.client, recordsLeft) = (queues, client, limit)
    }

    /// Visits lane after lane until all are empty, or as many records are in as were wanted.
    ///
    /// - Parameters:
    ///   - taker: gives what takes the records of a visit.
    ///   - ended: hears what a visit came to.
    mutating func read(
        by taker: (Lane) -> (consuming Record) -> Void, ended: (LaneQueue, LaneTurn) -> Void
    ) {
        var queues = queues
        while recordsLeft > 0, bytesLeft > 0,
            let place = queues.indices.min(by: { queues[$0].newestMs < queues[$1].newestMs })
        {
            // At the end, so that lanes with the same stamp take turns.
            let queue = queues.remove(at: place)
            let records = min(Self.turnRecords, recordsLeft)
            var turn = LaneTurn(
                lane: queue.lane, client: client, records: records, bytes: bytesLeft, taker(queue.lane))
            queue.serve(&turn)
            recordsLeft -= records - turn.recordsLeft
            bytesLeft = turn.bytesLeft
            ended(queue, turn)
            if turn.isFull { queues.append(queue) }
        }
    }
}
