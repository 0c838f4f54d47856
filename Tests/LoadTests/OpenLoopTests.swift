import Testing

@testable import Load

struct OpenLoopTests {
    private let second: UInt64 = 1_000_000_000

    private func loop(seconds: UInt64) -> OpenLoop {
        OpenLoop(Arrivals(.even, perSecond: 10, seed: 1), endNs: seconds * second)
    }

    private func takeAll(_ loop: inout OpenLoop, nowNs: UInt64) -> [UInt64] {
        var due: [UInt64] = []
        while let one = loop.take(nowNs: nowNs) { due.append(one) }
        return due
    }

    @Test func nothingIsTakenBeforeItIsDue() {
        var loop = loop(seconds: 1)
        let first = takeAll(&loop, nowNs: 0)
        let tooEarly = loop.take(nowNs: 99_999_999)
        let due = loop.dueNs
        let inTime = loop.take(nowNs: 100_000_000)
        #expect(first == [0] && tooEarly == nil && due == 100_000_000 && inTime == 100_000_000)
    }

    /// The sender stood still for five seconds: everything of that time is still sent, and counts from when it was due.
    @Test func aStallIsCountedInEveryEventThatItHeldUp() {
        var loop = loop(seconds: 10)
        var watchlist = Watchlist(limit: 1_000)
        var latencies: [UInt64] = []
        var number: UInt32 = 0
        // Lists are visible a millisecond after the event was sent.
        func step(_ nowNs: UInt64) {
            for dueNs in takeAll(&loop, nowNs: nowNs) {
                number += 1
                let event = LoadEvent(topic: .ratings, fate: .learned, user: number, timestampMs: 0)
                let tag = watchlist.watch(event, dueNs: dueNs) ?? 0
                _ = watchlist.placed(tag, partition: 0, offset: Int64(number))
                let sighting = Watchlist.Sighting(
                    topic: .ratings, partition: 0, offset: Int64(number), eventTimeMs: 0)
                latencies += watchlist.saw(sighting, of: number, atNs: nowNs + 1_000_000).map(\.latencyNs)
            }
        }
        for tenth in 0..<20 { step(UInt64(tenth) * second / 10) }
        for tenth in 70..<100 { step(UInt64(tenth) * second / 10) }
        #expect(latencies.count == 100 && loop.taken == 100)
        let late = latencies.filter { $0 > 1_000_000 }
        #expect(late.count == 50, "one event in two was held up")
        #expect(late.max() == 5_001_000_000)
        #expect(late.reduce(0, +) / 50 == 2_551_000_000, "half the stall on average")
        #expect(loop.longestDelayNs == 5 * second)
        #expect(loop.keptItsRate, "it caught up before the end")
    }

    @Test func aRateOutOfReachIsGivenUpSomeTimeAfterTheEnd() {
        var loop = loop(seconds: 10)
        _ = loop.take(nowNs: 0)
        #expect(!loop.isGivenUp(nowNs: 20 * second) && loop.isGivenUp(nowNs: 20 * second + 1))
        #expect(!loop.keptItsRate)
    }

    @Test(arguments: [(10.0, true), (10.2, true), (10.3, false), (60, false)])
    func aRunThatOverrunsHasNotKeptItsRate(lastSeconds: Double, kept: Bool) {
        var loop = loop(seconds: 10)
        _ = takeAll(&loop, nowNs: UInt64(lastSeconds * 1e9))
        #expect(loop.isOver && loop.keptItsRate == kept)
    }

    @Test func aRunThatIsNotOverHasNotKeptItsRate() {
        var loop = loop(seconds: 10)
        _ = takeAll(&loop, nowNs: 5 * second)
        #expect(!loop.keptItsRate)
    }
}
