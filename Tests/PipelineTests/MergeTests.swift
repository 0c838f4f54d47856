import Events
import Testing

@testable import Pipeline

/// The order in which a worker takes its lanes.
@Suite struct MergeTests {
    private let first = Lane(topic: .ratings, partition: 0)
    private let second = Lane(topic: .ratings, partition: 1)
    private let table = Lane(topic: .catalog, partition: 0)

    @Test func takesByEventTimeThenByLane() {
        var merge = merge(lanes: [second, first])
        append(&merge, first, times: [10, 30, 20])
        append(&merge, second, times: [10, 15])
        merge.reachedEnd(of: first)
        merge.reachedEnd(of: second)
        let taken = drain(&merge)
        #expect(taken == ["0/0", "1/0", "1/1", "0/1", "0/2"])
    }

    /// A lane that may still deliver something older holds the others, until it is at its end or silent for long.
    @Test func waitsForASilentLane() {
        var merge = merge(lanes: [first, second], maxIdleMs: 100)
        append(&merge, first, times: [10])
        answer(&merge, second)
        let tooEarly = hasNext(&merge, nowMs: 99)
        #expect(!tooEarly)
        let inTime = hasNext(&merge, nowMs: 100)
        #expect(inTime)

        append(&merge, first, times: [20], from: 1)
        merge.reachedEnd(of: second)
        let atEnd = hasNext(&merge, nowMs: 0)
        #expect(atEnd)
    }

    @Test func aRecordEndsTheEnd() {
        var merge = merge(lanes: [first, second], maxIdleMs: 100)
        merge.reachedEnd(of: first)
        append(&merge, first, times: [10])
        merge.reachedEnd(of: second)
        let atEnd = hasNext(&merge, nowMs: 0)
        #expect(atEnd)
        append(&merge, second, times: [20])
        let isHeld = !hasNext(&merge, nowMs: 50)
        #expect(isHeld, "the first lane is silent and not known to be at its end")
    }

    @Test func waitsLongerForALaneOfWhichNothingWasHeard() {
        var merge = merge(lanes: [first, second], maxIdleMs: 100)
        append(&merge, first, times: [10])
        merge.reachedEnd(of: first)
        let isHeld = !hasNext(&merge, nowMs: 29_999)
        let isFree = hasNext(&merge, nowMs: 30_000)
        #expect(isHeld && isFree)
    }

    @Test func theCatalogGoesFirst() {
        var merge = merge(lanes: [first, table], maxIdleMs: 100)
        append(&merge, first, times: [10])
        merge.reachedEnd(of: first)
        for offset in 0..<2 as Range<Int64> { _ = merge.append(describing(offset), to: table) }
        merge.reachedEnd(of: table)
        let taken = drain(&merge)
        #expect(taken == ["c0/0", "c0/1", "0/0"])
    }

    /// A lane that was elsewhere goes on behind what was worked through.
    @Test func knowsHowFarALaneWasWorkedThrough() {
        var merge = merge(lanes: [first])
        append(&merge, first, times: [10, 20, 30])
        merge.reachedEnd(of: first)
        _ = merge.takeNext(nowMs: 0)
        merge.revoke([first])
        let ours = merge.positions
        #expect(ours == [])
        let known = merge.knownPositions
        #expect(known == [Position(lane: first, offset: 1)])
        merge.assign([first], nowMs: 0)
        append(&merge, first, times: [20, 30], from: 1)
        merge.reachedEnd(of: first)
        let taken = drain(&merge)
        #expect(taken == ["0/1", "0/2"])
        let after = merge.positions
        #expect(after == [Position(lane: first, offset: 3)])
    }

    /// A record from before what was worked through is that of another log: the topic was made anew.
    @Test func aLogThatWasMadeAnewIsReadFromItsBeginning() {
        var merge = merge(lanes: [first])
        append(&merge, first, times: [10, 20])
        merge.reachedEnd(of: first)
        _ = drain(&merge)
        let isSame = merge.append(waiting(timeMs: 5, offset: 0), to: first)
        #expect(!isSame)
        merge.reachedEnd(of: first)
        let taken = drain(&merge)
        #expect(taken == ["0/0"])
    }

    /// The catalog is read again with every start: what is known of it counts for nothing.
    @Test func leavesOutWhatIsKnownOfTheCatalog() {
        var merge = merge(lanes: [table])
        for offset in 0..<2 as Range<Int64> { _ = merge.append(describing(offset), to: table) }
        merge.reachedEnd(of: table)
        _ = drain(&merge)
        let isSame = merge.append(describing(0), to: table)
        let waiting = merge.waitingCount
        #expect(isSame && waiting == 0)
    }

    @Test func recordsOfForeignLanesAreLeftOut() {
        var merge = merge(lanes: [first])
        append(&merge, second, times: [10])
        let waiting = merge.waitingCount
        #expect(waiting == 0)
    }

    @Test func pausesFullLanesAndResumesHalfEmptyOnes() {
        var merge = merge(lanes: [first, second], laneRecordsMax: 4)
        append(&merge, first, times: [1, 2, 3, 4])
        let pauses = [
            merge.changesOfPace(isFull: false, nowMs: 0).pause,
            merge.changesOfPace(isFull: false, nowMs: 0).pause,
        ]
        #expect(pauses == [[first], []], "told once")

        merge.reachedEnd(of: second)
        _ = merge.takeNext(nowMs: 0)
        let early = merge.changesOfPace(isFull: false, nowMs: 0).resume
        _ = merge.takeNext(nowMs: 0)
        let full = merge.changesOfPace(isFull: true, nowMs: 0).pause
        let later = merge.changesOfPace(isFull: false, nowMs: 0).resume
        #expect(early == [] && full == [second] && later == [first, second])
    }

    /// A long lane is compacted on the way and keeps its order.
    @Test func keepsTheOrderOfALongLane() {
        var merge = merge(lanes: [first])
        append(&merge, first, times: Array(repeating: 5, count: 5_000))
        merge.reachedEnd(of: first)
        let taken = drain(&merge)
        #expect(taken == (0..<5_000).map { "0/\($0)" })
    }

    private func merge(lanes: [Lane], maxIdleMs: Int64 = 1_000, laneRecordsMax: Int = 10_000) -> Merge {
        var merge = Merge(maxIdleMs: maxIdleMs, laneRecordsMax: laneRecordsMax)
        merge.assign(lanes, nowMs: 0)
        return merge
    }

    private func append(_ merge: inout Merge, _ lane: Lane, times: [Int64], from start: Int64 = 0) {
        for (index, timeMs) in times.enumerated() {
            _ = merge.append(waiting(timeMs: timeMs, offset: start + Int64(index)), to: lane)
        }
    }

    private func waiting(timeMs: Int64, offset: Int64) -> Waiting {
        let erasure = Erasure(user: user, timestampMs: timeMs)
        return Waiting(content: .erasure(erasure), offset: offset, arrivedMs: nil)
    }

    private func describing(_ offset: Int64) -> Waiting {
        Waiting(content: .catalog(CatalogItem(item: user)), offset: offset, arrivedMs: nil)
    }

    /// Lets a lane deliver something that is taken at once: from then on it is a lane like others.
    private func answer(_ merge: inout Merge, _ lane: Lane) {
        append(&merge, lane, times: [1])
        _ = merge.takeNext(nowMs: 0)
    }

    private func hasNext(_ merge: inout Merge, nowMs: Int64) -> Bool {
        merge.takeNext(nowMs: nowMs) != nil
    }

    private func drain(_ merge: inout Merge) -> [String] {
        var taken: [String] = []
        while let (lane, waiting) = merge.takeNext(nowMs: 0) {
            taken.append("\(lane.topic == .catalog ? "c" : "")\(lane.partition)/\(waiting.offset)")
        }
        return taken
    }

    private var user: Identifier {
        guard let user = Identifier("u") else { preconditionFailure("a short id is an id") }
        return user
    }
}

extension Merge {
    /// Takes the next record out.
    fileprivate mutating func takeNext(nowMs: Int64) -> (Lane, Waiting)? {
        guard let place = next(nowMs: nowMs) else { return nil }
        let (lane, waiting) = first(at: place)
        let taken = waiting.pointee
        removeFirst(at: place, nowMs: nowMs)
        return (lane, taken)
    }
}
