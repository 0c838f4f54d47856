import Events
import State
import Testing

@testable import Pipeline

/// Which lists are owed, and what is known of those that were written.
@Suite struct ServingTests {
    @Test func manyEventsByOneUserAreOneList() {
        var serving = Serving()
        for offset in 0..<5 { learn(&serving, row: 7, offset: Int64(offset), arrivedMs: 100 + Int64(offset)) }
        #expect(Array(serving.next(limit: 10)) == [7])
        #expect(serving[7].source.offset == 4)

        var sinceMs: [Int64] = []
        serving.written([11], age: 1) { sinceMs.append($0) }
        #expect(sinceMs == [100], "freshness counts from the oldest event that was not yet visible")
        #expect(serving.staleCount == 0)
        #expect(serving[7].writtenDigest == 11)
    }

    /// What shares eight bytes is told apart.
    @Test(arguments: Topic.allCases, [Int64.min, -1, 0, 1_700_000_000_000])
    func anEntryHoldsWhatItWasTold(topic: Topic, timeMs: Int64) throws {
        var entry = Serving.Entry()
        #expect(!entry.isStale && entry.isOurs && !entry.isKnown && entry.waitingSinceMs == nil)
        let source = Position(lane: Lane(topic: topic, partition: .max), offset: 1 << 60)
        (entry.source, entry.eventTimeMs) = (source, timeMs)
        (entry.isStale, entry.isOurs) = (true, false)
        #expect(entry.source == source && entry.eventTimeMs == timeMs && entry.isStale && !entry.isOurs)
        entry.isStale = false
        #expect(entry.source == source && entry.eventTimeMs == timeMs && !entry.isStale && !entry.isOurs)
        var bytes: [UInt8] = []
        entry.write(to: &bytes)
        let restored = try bytes.withUnsafeBytes { raw in
            var bytes = StateBytes(raw)
            return try Serving.Entry(from: &bytes)
        }
        #expect(restored.source == source && restored.eventTimeMs == timeMs && restored.isOurs)
        #expect(MemoryLayout<Serving.Entry>.stride == 40)
    }

    @Test func whatWasNotWrittenStaysOwed() {
        var serving = Serving()
        for row in [3, 1, 2] as [UInt32] { learn(&serving, row: row, offset: 0) }
        #expect(Array(serving.next(limit: 2)) == [3, 1])
        serving.written([1, 1], age: 1) { _ in }
        #expect(Array(serving.next(limit: 2)) == [2])
    }

    @Test func aLostStoreOwesEverybodyWhoHadAList() {
        var serving = Serving()
        learn(&serving, row: 0, offset: 0)
        learn(&serving, row: 4, offset: 1)
        serving.written([5, 5], age: 1) { _ in }
        serving.markAllLost()
        #expect(Array(serving.next(limit: 10)) == [0, 4], "rows 1 to 3 never had an event")
        #expect(serving[4].writtenDigest == 0)
    }

    @Test func theSweepSeesEachOlderListOnce() {
        var serving = Serving()
        for row in 0..<5 as Range<UInt32> { learn(&serving, row: row, offset: 0) }
        serving.written([1, 1, 1, 1, 1], age: 10) { _ in }
        var goesOn = serving.sweep(age: 10, rowsMax: 100)
        #expect(!goesOn, "all know the model of this age")

        goesOn = serving.sweep(age: 11, rowsMax: 2)
        #expect(goesOn)
        #expect(Array(serving.next(limit: 10)) == [0, 1])
        serving.written([1, 1], age: 11) { _ in }
        goesOn = serving.sweep(age: 11, rowsMax: 100)
        #expect(goesOn)
        #expect(Array(serving.next(limit: 10)) == [2, 3, 4])
        serving.written([1, 1, 1], age: 11) { _ in }
        goesOn = serving.sweep(age: 11, rowsMax: 100)
        #expect(!goesOn)
    }

    @Test func whoWentToAnotherWorkerIsLeftToIt() {
        var serving = Serving()
        for row in [0, 1, 2] as [UInt32] { learn(&serving, row: row, offset: 0) }
        serving.written([1], age: 1) { _ in }
        let lane = serving[0].source.lane
        serving.release([lane])
        serving.markAllLost()
        serving.lost(0)
        let goesOn = serving.sweep(age: 2, rowsMax: 100)
        #expect(!goesOn)
        #expect(serving.staleCount == 0, "neither what was owed nor what could be made anew")

        learn(&serving, row: 1, offset: 1)
        #expect(Array(serving.next(limit: 10)) == [1], "an event that comes to us makes its user ours")
        serving.regain([lane])
        #expect(Array(serving.next(limit: 10)) == [1, 2], "what was owed comes first")
        let goesOnAgain = serving.sweep(age: 2, rowsMax: 100)
        #expect(goesOnAgain)
        #expect(Array(serving.next(limit: 10)) == [1, 2, 0], "the rest is made anew in time")
        #expect(serving[0].writtenDigest == 0, "who knows what was written meanwhile")
    }

    @Test func aForgottenUserIsOwedNothing() {
        var serving = Serving()
        learn(&serving, row: 2, offset: 0)
        serving.forget(2)
        #expect(serving.staleCount == 0)
        serving.markAllLost()
        #expect(serving.staleCount == 0)
    }

    private func learn(_ serving: inout Serving, row: UInt32, offset: Int64, arrivedMs: Int64? = nil) {
        serving.learned(
            row: row, source: Position(lane: Lane(topic: .ratings, partition: 0), offset: offset),
            eventTimeMs: 1,
            arrivedMs: arrivedMs)
    }
}
