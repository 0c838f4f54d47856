import Testing

@testable import Load

struct WatchlistTests {
    private func event(_ user: UInt32, _ topic: LoadEvent.Topic = .ratings, ms: Int64 = 0) -> LoadEvent {
        LoadEvent(topic: topic, fate: .learned, user: user, timestampMs: ms)
    }

    private func sighting(
        _ offset: Int64, _ topic: LoadEvent.Topic = .ratings, partition: Int32 = 1, ms: Int64 = 0
    ) -> Watchlist.Sighting {
        Watchlist.Sighting(topic: topic, partition: partition, offset: offset, eventTimeMs: ms)
    }

    /// What each step says, in order.
    private func latencies(_ list: inout Watchlist, _ steps: [(inout Watchlist) -> [Watchlist.Seen]])
        -> [[UInt64]]
    {
        steps.map { $0(&list).map(\.latencyNs) }
    }

    @Test func anEventIsSeenOnceItsListHasReachedIt() {
        var list = Watchlist(limit: 10)
        let tag = list.watch(event(7), dueNs: 1_000) ?? 0
        let said = latencies(
            &list,
            [
                { $0.placed(tag, partition: 1, offset: 5) },
                { $0.saw(sighting(4), of: 7, atNs: 2_000) },
                { $0.saw(nil, of: 7, atNs: 2_500) },
                { $0.saw(sighting(9, partition: 2), of: 7, atNs: 2_700) },
                { $0.saw(sighting(6), of: 7, atNs: 3_000) },
            ])
        #expect(said == [[], [], [], [], [2_000]])
        let left = list.users(atMost: 9)
        #expect(list.count == 0 && left.isEmpty)
    }

    /// The broker's word may come after the list: what counts is when the list was first seen.
    @Test func whatWasSeenBeforeTheBrokersWordCounts() {
        var list = Watchlist(limit: 10)
        let tag = list.watch(event(7), dueNs: 1_000) ?? 0
        let said = latencies(
            &list,
            [
                { $0.saw(sighting(5), of: 7, atNs: 1_400) },
                { $0.saw(sighting(8), of: 7, atNs: 9_000) },
                { $0.placed(tag, partition: 1, offset: 5) },
            ])
        #expect(said == [[], [], [400]])
    }

    /// A later event of the other topic stands on the list in the place of this one.
    @Test(arguments: [(Int64(99), false), (100, true), (101, true)])
    func theOtherTopicCountsByTime(ms: Int64, isSeen: Bool) {
        var list = Watchlist(limit: 10)
        let tag = list.watch(event(7, ms: 100), dueNs: 0) ?? 0
        _ = list.placed(tag, partition: 1, offset: 50)
        let seen = list.saw(sighting(3, .feedback, ms: ms), of: 7, atNs: 10)
        #expect(seen.isEmpty != isSeen)
    }

    @Test func severalEventsOfOneUserAreEachSeen() {
        var list = Watchlist(limit: 10)
        let tags = [0, 100, 200].map { list.watch(event(7), dueNs: $0) ?? 0 }
        for (number, tag) in tags.enumerated() { _ = list.placed(tag, partition: 1, offset: Int64(number)) }
        let users = list.users(atMost: 9)
        #expect(users == [7])
        let said = latencies(
            &list,
            [{ $0.saw(sighting(1), of: 7, atNs: 1_000) }, { $0.saw(sighting(2), of: 7, atNs: 2_000) }])
        #expect(said == [[1_000, 900], [1_800]])
    }

    @Test func usersAreLookedAtInTurns() {
        var list = Watchlist(limit: 10)
        for user in 0..<5 { _ = list.watch(event(UInt32(user)), dueNs: 0) }
        let turns = (0..<3).map { _ in list.users(atMost: 2) }
        #expect(turns == [[0, 1], [2, 3], [4, 0]])
        let all = list.users(atMost: 9)
        #expect(all.sorted() == [0, 1, 2, 3, 4])
    }

    @Test func beyondTheLimitEventsAreLeftOutAndCounted() {
        var list = Watchlist(limit: 2)
        let tags = (1...3).map { list.watch(event($0), dueNs: 0) }
        #expect(tags == [1, 2, nil] && list.leftOut == 1 && list.count == 2)
        _ = list.placed(1, partition: 1, offset: 0)
        _ = list.saw(sighting(0), of: 1, atNs: 1)
        let next = list.watch(event(3), dueNs: 0)
        #expect(next == 3)
        let users = list.users(atMost: 9)
        #expect(users.sorted() == [2, 3])
    }
}
