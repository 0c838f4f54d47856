import Events

/// Lanes take turns until all are empty, or as many records are in as were wanted.
struct LaneRound {
    /// The lane whose turn it is stands first.
    let queues: [LaneQueue]
    let client: OpaquePointer
    private(set) var recordsLeft: Int
    private var bytesLeft = bytesMax

    /// A round ends with the record that makes it larger than this: what is refused is kept whole.
    private static let bytesMax = 16 << 20
    /// Records that a lane brings before the next one has its turn, at least: the merge wants all of them.
    private static let turnRecordsMin = 64

    init(queues: [LaneQueue], client: OpaquePointer, limit: Int) {
        (self.queues, self.client, recordsLeft) = (queues, client, limit)
    }

    /// Visits lane after lane, again and again.
    ///
    /// - Parameters:
    ///   - taker: gives what takes the records of a visit.
    ///   - ended: hears what a visit came to.
    mutating func read(
        by taker: (Lane) -> (consuming Record) -> Void, ended: (LaneQueue, LaneTurn) -> Void
    ) {
        var before = recordsLeft + 1
        while recordsLeft < before, recordsLeft > 0, bytesLeft > 0 {
            before = recordsLeft
            let share = max(Self.turnRecordsMin, recordsLeft / max(1, queues.count))
            for queue in queues where recordsLeft > 0 && bytesLeft > 0 {
                let records = min(share, recordsLeft)
                var turn = LaneTurn(
                    lane: queue.lane, client: client, records: records, bytes: bytesLeft, taker(queue.lane))
                queue.serve(&turn)
                recordsLeft -= records - turn.recordsLeft
                bytesLeft = turn.bytesLeft
                ended(queue, turn)
            }
        }
    }
}
