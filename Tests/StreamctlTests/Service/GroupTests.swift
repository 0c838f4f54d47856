import Events
import KafkaLog
import Pipeline
import RedisLists
import Testing

@testable import streamctl

/// Two workers of one group: the second joins in the middle of the stream and takes lanes over.
@Suite(.ownThread) struct GroupTests {
    private static let partitions: Int32 = 4
    private static let count = 1_400

    /// The second joins in mid-stream and leaves again. Whatever the group made of the commits meanwhile, neither state
    /// has an event twice or lacks one: of each lane that it ever had, it has learned all up to its own place.
    @Test func lanesThatComeBackGoOnWhereTheStateIs() throws {
        let ratings = try Ratings.few.get()
        let servers = try startServers(partitions: Int(Self.partitions))
        let wiring = servers.wiring
        var first = try wiring.makeEngine()
        try ratings.publish(0..<600, wiring)
        try drive(&first, toRead: 300)
        try join(&first, wiring, ratings)
        try drive(&first, "all learned") { $0.isSettled && $0.read >= Self.count }
        let hasAll = first.hasLearnedAllOnce
        #expect(hasAll)
        #expect(first.core.accounting.learned == UInt64(Self.count))
        var front = Front(servers)
        try front.expectLists(of: ratings.byUser(rows: 0..<Self.count))
    }

    /// A second member comes, learns its share of the rest, and leaves.
    private func join(_ first: inout Engine, _ wiring: Wiring, _ ratings: Ratings) throws {
        var second = try wiring.makeEngine()
        try ratings.publish(600..<900, wiring)
        try drive(&first, &second, "sharing the lanes") { Self.areShared($0.lanes, $1.lanes) }
        try ratings.publish(900..<Self.count, wiring)
        try drive(&first, &second, "settled at all events") {
            $0.isSettled && $1.isSettled && $0.ratingsPassed + $1.ratingsPassed == Self.count
        }
        let (firstHasAll, secondHasAll) = (first.hasLearnedAllOnce, second.hasLearnedAllOnce)
        #expect(firstHasAll && secondHasAll)
        #expect(second.read > 0 && first.read < Self.count)
    }

    /// As `run` does it: whoever takes a lane over learns it from its beginning, and so knows its users whole.
    @Test func whoTakesALaneOverKnowsItsUsersWhole() throws {
        let ratings = try Ratings.few.get()
        let servers = try startServers(partitions: Int(Self.partitions))
        let wiring = servers.wiring
        var first = try wiring.makeEngine()
        try ratings.publish(0..<900, wiring)
        try drive(&first, toRead: 900)
        var second = try wiring.makeEngine()
        try drive(&first, &second, "sharing the lanes") { Self.areShared($0.lanes, $1.lanes) }
        try ratings.publish(900..<Self.count, wiring)
        try drive(&first, &second, "settled at all events") {
            $0.isSettled && $1.isSettled && $0.ratingsPassed + $1.ratingsPassed == Self.count
        }
        // Then nothing is left to do but to make lists anew from what others did.
        var turns = 0
        try drive(&first, &second, "idle") { _, _ in
            turns += 1
            return turns > 40
        }
        #expect(first.read + second.read > Self.count)
        var front = Front(servers)
        try front.expectLists(of: ratings.byUser(rows: 0..<Self.count))
    }

    /// Whether each has two of the four tasks, whole: a partition of ratings comes with those of feedback and erasures.
    private static func areShared(_ first: Set<Lane>, _ second: Set<Lane>) -> Bool {
        first.isDisjoint(with: second)
            && [first, second].allSatisfy { lanes in
                lanes.count == 6 && Set(lanes.map(\.partition)).count == 2
            }
    }
}

extension Engine {
    /// The lanes that are this worker's, as far as the broker has told of them.
    fileprivate var lanes: Set<Lane> {
        Set(
            [Topic.ratings, .feedback, .erasures].flatMap { topic in
                (0..<4).map { Lane(topic: topic, partition: $0) }
            }.filter { source.lag(of: $0) != nil })
    }

    /// Whether it has learned as many events as stand before its places in the lanes that it has or had.
    fileprivate var hasLearnedAllOnce: Bool {
        let passed = core.knownPositions.reduce(0) { $0 + $1.offset }
        return core.accounting.isBalanced && core.accounting.read == UInt64(passed)
            && core.accounting.learned == core.accounting.read
    }

    /// Ratings that stand before the places in its lanes where it would go on.
    fileprivate var ratingsPassed: Int64 {
        let lanes = lanes
        return core.positions.filter { $0.lane.topic == .ratings && lanes.contains($0.lane) }
            .reduce(0) { $0 + $1.offset }
    }
}

/// Turns both by turns until something is so.
func drive(
    _ first: inout Engine, _ second: inout Engine, _ purpose: String, turnsMax: Int = 2_000,
    until isSo: (borrowing Engine, borrowing Engine) throws -> Bool
) throws {
    for _ in 0..<turnsMax {
        if try isSo(first, second) { return }
        _ = try first.tick(nowMs: Clock.nowMs(), timeoutMs: 10)
        _ = try second.tick(nowMs: Clock.nowMs(), timeoutMs: 10)
    }
    throw Stuck(
        description:
            "not \(purpose) after \(turnsMax) turns: \(first.core.accounting), lanes \(first.lanes); "
            + "\(second.core.accounting), lanes \(second.lanes)")
}
