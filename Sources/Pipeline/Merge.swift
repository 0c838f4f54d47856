import Events

/// Brings the lanes of a worker into one order: by (event time, partition, topic, offset).
///
/// A lane in which nothing waits could still deliver something older, so it holds the others back until it is
/// known to be at its end, or has been silent for `maxIdleMs` (the rule of Kafka Streams' `max.task.idle.ms`); for a
/// lane that was just assigned the patience is longer, because its first answer takes longer.
/// A log that is read to its end is therefore taken in one order, whatever order its fetches came in. The catalog
/// is a table: its lanes go first and hold the others until they have been read to their end once.
struct Merge: ~Copyable {
    let maxIdleMs: Int64
    /// Records that may wait in one lane; the lane is paused when they do.
    let laneRecordsMax: Int
    /// Bytes of refused records that may wait in one lane; the same happens then.
    let laneLetterBytesMax: Int

    /// In the order of `Lane`, which breaks ties.
    private var lanes: [LaneBuffer] = []
    /// The event time at the head of each lane, of one in which nothing waits `none`: side by side, because every
    /// record looks at all of them.
    private var heads: [Int64] = []
    /// The place of the lane that the last record went to: the next one nearly always goes there, too.
    private var lastPlace = 0
    /// How far the lanes that went elsewhere had been worked through, for when they come back.
    private var departed: [Lane: Int64] = [:]

    init(maxIdleMs: Int64, laneRecordsMax: Int, laneLetterBytesMax: Int = .max) {
        precondition(laneRecordsMax > 0 && laneLetterBytesMax > 0)
        self.maxIdleMs = maxIdleMs
        self.laneRecordsMax = laneRecordsMax
        self.laneLetterBytesMax = laneLetterBytesMax
    }

    deinit {
        for index in lanes.indices {
            var buffer = lanes[index]
            buffer.free()
        }
    }

    var waitingCount: Int { lanes.reduce(0) { $0 + $1.count } }

    mutating func assign(_ assigned: [Lane], nowMs: Int64) {
        for lane in assigned {
            if let index = index(of: lane) {
                discard(index)
                lanes[index].silentSinceMs = nowMs
            } else {
                let place = lanes.firstIndex { lane < $0.lane } ?? lanes.count
                var buffer = LaneBuffer(lane: lane, nowMs: nowMs)
                buffer.next = departed.removeValue(forKey: lane)
                lanes.insert(buffer, at: place)
                heads.insert(Self.none, at: place)
            }
        }
    }

    mutating func revoke(_ revoked: [Lane]) {
        for index in lanes.indices.reversed() where revoked.contains(lanes[index].lane) {
            departed[lanes[index].lane] = lanes[index].next
            lanes[index].free()
            lanes.remove(at: index)
            heads.remove(at: index)
        }
    }

    /// Adds a record to its lane. Records of lanes that are not ours are left out, and so is what is known of the
    /// catalog. Of other lanes nothing comes twice: a record from before what was worked through says that the log
    /// was made anew, and the lane begins again; then the answer is `false`.
    mutating func append(_ item: consuming Waiting, to lane: Lane) -> Bool {
        guard let index = index(of: lane) else { return true }
        lastPlace = index
        return append(item, at: index)
    }

    /// The same for a whole run.
    mutating func append(_ run: DecodedRun) -> Bool {
        guard let index = index(of: run.lane) else { return true }
        var isSameLog = true
        run.takeAll { item in
            if !append(item, at: index) { isSameLog = false }
        }
        return isSameLog
    }

    private mutating func append(_ item: consuming Waiting, at index: Int) -> Bool {
        var isSameLog = true
        if let next = lanes[index].next, item.offset < next {
            if lanes[index].lane.topic == .catalog { return true }
            discard(index)
            lanes[index].next = nil
            isSameLog = false
        }
        if lanes[index].count == 0 { heads[index] = item.orderMs }
        lanes[index].append(item)
        return isSameLog
    }

    mutating func reachedEnd(of lane: Lane) {
        guard let index = index(of: lane) else { return }
        lanes[index].reachedEnd()
    }

    /// The place of the lane whose first record is the next of all, or `nil` when there is none or a silent lane holds
    /// it back. It stays there until `removeFirst`.
    func next(nowMs: Int64) -> Int? {
        var best: Int?
        var bestMs = Self.none
        for index in heads.indices {
            let orderMs = heads[index]
            if orderMs < bestMs {
                (best, bestMs) = (index, orderMs)
            } else if orderMs == Self.none, holds(index, nowMs: nowMs) {
                return nil
            }
        }
        return best
    }

    /// The first record of the lane at a place, where it is, and the lane.
    func first(at place: Int) -> (lane: Lane, waiting: UnsafeMutablePointer<Waiting>) {
        (lanes[place].lane, lanes[place].first)
    }

    /// The first record of the lane at a place was worked through.
    mutating func removeFirst(at place: Int, nowMs: Int64) {
        lanes[place].removeFirst(nowMs: nowMs)
        heads[place] = lanes[place].count > 0 ? lanes[place].first.pointee.orderMs : Self.none
    }

    /// Lanes to pause because their buffers are full (with `isFull`: all), and lanes to resume because they are
    /// half empty again.
    mutating func changesOfPace(isFull: Bool, nowMs: Int64) -> (pause: [Lane], resume: [Lane]) {
        var (pause, resume): ([Lane], [Lane]) = ([], [])
        for index in lanes.indices {
            let (count, bytes) = (lanes[index].count, lanes[index].letterBytes)
            if !lanes[index].isPaused, isFull || count >= laneRecordsMax || bytes >= laneLetterBytesMax {
                lanes[index].isPaused = true
                pause.append(lanes[index].lane)
            } else if lanes[index].isPaused, !isFull, count <= laneRecordsMax / 2,
                bytes <= laneLetterBytesMax / 2
            {
                lanes[index].isPaused = false
                lanes[index].silentSinceMs = nowMs
                resume.append(lanes[index].lane)
            }
        }
        return (pause, resume)
    }

    /// Where each lane would go on: the offset after the last record worked through.
    var positions: [Position] {
        lanes.compactMap { buffer in
            buffer.next.map { Position(lane: buffer.lane, offset: $0) }
        }
    }

    /// The same, also of lanes that went elsewhere.
    var knownPositions: [Position] {
        let elsewhere = departed.keys.sorted().map { Position(lane: $0, offset: departed[$0] ?? 0) }
        return positions + elsewhere
    }

    /// How far each lane is: see `LaneProgress`.
    var progress: [LaneProgress] {
        lanes.map { buffer in
            LaneProgress(
                lane: buffer.lane, next: buffer.next, waiting: buffer.count,
                oldestMs: buffer.count > 0 ? buffer.first.pointee.arrivedMs : buffer.takenArrivedMs)
        }
    }

    /// Whether all lanes are known to be at their ends, and nothing waits.
    var isAtEnd: Bool { lanes.allSatisfy { $0.isAtEnd && $0.count == 0 } }

    /// Takes back how far a lane had been worked through, before it is assigned.
    mutating func resume(_ position: Position) {
        departed[position.lane] = position.offset
    }

    private func holds(_ index: Int, nowMs: Int64) -> Bool {
        if lanes[index].isAtEnd { return false }
        // What we do not let speak is not silent.
        if lanes[index].isPaused { return true }
        let patienceMs = lanes[index].hasAnswered ? maxIdleMs : max(maxIdleMs, Self.firstAnswerMs)
        return nowMs - lanes[index].silentSinceMs < patienceMs
    }

    /// The least patience with a lane of which nothing was heard yet, in milliseconds of the clock.
    private static let firstAnswerMs: Int64 = 30_000

    private mutating func discard(_ index: Int) {
        lanes[index].discard()
        heads[index] = Self.none
    }

    /// No event has this time.
    private static let none = Int64.max

    private func index(of lane: Lane) -> Int? {
        if lastPlace < lanes.count, lanes[lastPlace].lane == lane { return lastPlace }
        return lanes.indices.first { lanes[$0].lane == lane }
    }
}
