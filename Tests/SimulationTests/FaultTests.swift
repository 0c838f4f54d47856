import Events
import Model
import Pipeline
import Ranking
import Simulation
import State
import Testing

/// The whole core under seeded faults: whatever strikes, the end is that of a run that nothing struck.
@Suite struct FaultTests {
    @Test(arguments: 0..<64 as Range<UInt64>)
    func endsAsIfNothingHadStruck(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed)
        let calm = try SimulatedRun.finish(traffic: traffic, faults: .none(seed: seed))
        let rough = try SimulatedRun.finish(traffic: traffic, faults: Faults(seed: ~seed, perMille: 60))

        #expect(calm.strikes == 0)
        #expect(rough.strikes > 0, "no fault struck: the test shows nothing")
        #expect(rough.differences(from: calm) == [])
        #expect(rough.stored == calm.stored)
        #expect(calm.letters.count == Int(calm.accounting.rejected))
    }

    /// The process is killed again and again, before, within and after its effects.
    @Test(arguments: Seeds.kills)
    func endsAsIfItHadNeverBeenKilled(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed, events: 200)
        let calm = try SimulatedRun.finish(traffic: traffic, faults: .none(seed: seed), eventsMax: 8)
        let killed = try SimulatedRun.finish(
            traffic: traffic, faults: Faults(seed: ~seed, perMille: 30, deathPerMille: 8), eventsMax: 8)

        #expect(killed.differences(from: calm) == [])
    }

    /// The counts are those of a slow and obvious reading of the same log.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func everyEventOfTheLogIsAccountedForOnce(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed)
        let run = try SimulatedRun.finish(traffic: traffic, faults: Faults(seed: seed, perMille: 60))
        let oracle = Oracle.read(traffic)

        #expect(run.accounting.isBalanced)
        #expect(run.accounting.learned == UInt64(oracle.learned.count))
        #expect(run.accounting.duplicate == UInt64(oracle.duplicates))
        #expect(run.accounting.late == UInt64(oracle.late))
        #expect(run.accounting.rejected == UInt64(oracle.refused))
        #expect(min(oracle.duplicates, oracle.late, oracle.refused) > 0, "the traffic shows nothing")
        #expect(run.accounting.updates > 0)
    }

    /// A list per user who was learned from, and on none of them what the user did or what is not available.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func listsHoldNothingThatTheUserKnows(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed)
        let run = try SimulatedRun.finish(traffic: traffic, faults: Faults(seed: seed, perMille: 30))
        let acts = Dictionary(grouping: Oracle.read(traffic).learned, by: \.user)

        #expect(Set(run.lists.keys) == Set(acts.keys))
        for (user, list) in run.lists {
            let items = Set(list.entries.map(\.item))
            #expect(items.count == list.entries.count)
            #expect(items.isDisjoint(with: (acts[user] ?? []).map(\.item)))
            #expect(items.isDisjoint(with: ["0", "11", "22"].compactMap { Identifier($0) }), "not available")
        }
    }

    /// Buffers stay within their bounds: a slow reader of letters stops the reading, not the heap.
    @Test func aFullHouseOfLettersPausesTheSource() throws {
        let traffic = SimulatedTraffic(seed: 5)
        let calm = try SimulatedRun.finish(traffic: traffic, faults: .none(seed: 5))
        let tight = try SimulatedRun.finish(
            traffic: traffic, faults: Faults(seed: 6, perMille: 100), lettersMax: 1, laneRecordsMax: 4)
        #expect(tight.differences(from: calm) == [])
    }
}
