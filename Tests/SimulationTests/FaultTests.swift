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
        #expect(UInt64(calm.letters.count) == calm.accounting.rejectedWithLetter)
    }

    /// The process is killed again and again, before, within and after its effects.
    @Test(arguments: Seeds.kills)
    func endsAsIfItHadNeverBeenKilled(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed, events: 200)
        // Now and then there is too little room for users, for items, or for those who were forgotten.
        let tombstonesMax = seed.isMultiple(of: 3) ? 3 : 1_000
        let usersMax = [1_000, 15, 1_000, 5, 1][Int(seed % 5)]
        let itemsMax = [1_000, 1_000, 20, 6, 1, 1_000, 29][Int(seed % 7)]
        let calm = try SimulatedRun.finish(
            traffic: traffic, faults: .none(seed: seed), eventsMax: 8, tombstonesMax: tombstonesMax,
            usersMax: usersMax, itemsMax: itemsMax)
        let killed = try SimulatedRun.finish(
            traffic: traffic, faults: Faults(seed: ~seed, perMille: 30, deathPerMille: 8), eventsMax: 8,
            tombstonesMax: tombstonesMax, usersMax: usersMax, itemsMax: itemsMax)

        #expect(killed.differences(from: calm) == [])
        #expect(
            (usersMax > 25 || killed.evictions.usersReturned > 0)
                && (itemsMax > 20 || killed.evictions.itemsReturned > 0),
            "nobody came back: the test shows nothing")
    }

    /// The counts are those of a slow and obvious reading of the same log.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func everyEventOfTheLogIsAccountedForOnce(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed)
        let run = try SimulatedRun.finish(traffic: traffic, faults: Faults(seed: seed, perMille: 60))
        let oracle = Oracle.read(traffic)

        #expect(run.accounting.isBalanced)
        #expect(run.accounting.learned == UInt64(oracle.learned))
        #expect(run.accounting.duplicate == UInt64(oracle.duplicates))
        #expect(run.accounting.late == UInt64(oracle.late))
        #expect(run.accounting.rejectedWithLetter == UInt64(oracle.refused))
        #expect(run.accounting.rejected(by: .erasedUser) == UInt64(oracle.erased))
        #expect(
            min(oracle.duplicates, oracle.late, oracle.erased, oracle.refused) > 0,
            "the traffic shows nothing")
        #expect(run.accounting.updates > 0)
    }

    /// A list per user who was learned from, and on none of them what the user did or what is not available.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func listsHoldNothingThatTheUserKnows(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed)
        let run = try SimulatedRun.finish(traffic: traffic, faults: Faults(seed: seed, perMille: 30))
        let acts = Dictionary(grouping: Oracle.read(traffic).known, by: \.user)

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

    /// Who finds no room is refused and counted where nobody can leave memory; the others go on as ever.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func aFullModelRefusesNewUsersAndNobodyElse(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed)
        let run = try SimulatedRun.finish(
            traffic: traffic, faults: Faults(seed: seed, perMille: 30, deathPerMille: 10), usersMax: 12,
            canRecall: false)
        let roomy = try SimulatedRun.finish(traffic: traffic, faults: .none(seed: seed))

        let refused = run.accounting.rejected(by: .modelFull)
        #expect(refused > 0 && roomy.accounting.rejected(by: .modelFull) == 0)
        #expect(run.accounting.isBalanced && run.accounting.read == roomy.accounting.read)
        #expect(run.accounting.learned + refused >= roomy.accounting.learned)
        #expect(run.tables[.users]?.count == 12 && run.lists.count <= 12)
        #expect(Set(run.letters.map(\.position)) == Set(roomy.letters.map(\.position)))
    }

    /// What depends on a user's own events alone, or on everybody's in their order, is as if there were room for all:
    /// whoever leaves memory comes back with all that was known, and nobody is refused.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func whoLeavesMemoryComesBackAsBefore(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed)
        let tight = try SimulatedRun.finish(traffic: traffic, faults: .none(seed: seed), usersMax: 6)
        let roomy = try SimulatedRun.finish(traffic: traffic, faults: .none(seed: seed))

        #expect(tight.present.count <= 6 && tight.tables[.users]?.count == 6)
        #expect(min(tight.evictions.usersEvicted, tight.evictions.usersReturned) > 100)
        #expect(tight.accounting == roomy.accounting)
        #expect(tight.profiles == roomy.profiles)
        #expect(tight.lists.keys == roomy.lists.keys)
        for table in [
            StateTable.offsets, .items, .neighbours, .popularity, .windows, .identities, .tombstones,
        ] {
            #expect(tight.tables[table] == roomy.tables[table], "\(table.name)")
        }
        let acts = Dictionary(grouping: Oracle.read(traffic).known, by: \.user)
        for (user, list) in tight.lists {
            #expect(Set(list.entries.map(\.item)).isDisjoint(with: (acts[user] ?? []).map(\.item)))
        }
    }

    /// The same with room for a few items only. What is learned of items that are away is put off, but nothing that a
    /// user did is lost, and nothing that a user knows is recommended.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func itemsThatLeaveMemoryComeBackAsBefore(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed)
        let itemsMax = seed.isMultiple(of: 2) ? 8 : 29
        let tight = try SimulatedRun.finish(
            traffic: traffic, faults: .none(seed: seed), usersMax: 20, itemsMax: itemsMax)
        let roomy = try SimulatedRun.finish(traffic: traffic, faults: .none(seed: seed))

        #expect(
            tight.tables[.items]?.count == itemsMax && tight.tables[.evictedItems]?.count == 30 - itemsMax)
        #expect(min(tight.evictions.itemsEvicted, tight.evictions.itemsReturned) > 5)
        #expect(tight.accounting == roomy.accounting)
        #expect(tight.profiles == roomy.profiles)
        #expect(tight.lists.keys == roomy.lists.keys)
        let acts = Dictionary(grouping: Oracle.read(traffic).known, by: \.user)
        for (user, list) in tight.lists {
            #expect(Set(list.entries.map(\.item)).isDisjoint(with: (acts[user] ?? []).map(\.item)))
            #expect(list.entries.allSatisfy { !["0", "11", "22"].contains($0.item.text) }, "not available")
        }
    }

    /// Nobody who was forgotten, and did nothing since, is found in any row that is kept, nor in the list store.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func nothingIsLeftOfWhoWasForgotten(seed: UInt64) throws {
        let traffic = SimulatedTraffic(seed: seed, farewells: 10)
        let oracle = Oracle.read(traffic)
        let gone = Set(oracle.forgotten.keys).subtracting(oracle.known.map(\.user))
        let run = try SimulatedRun.finish(
            traffic: traffic, faults: Faults(seed: seed, perMille: 30, deathPerMille: 10),
            usersMax: seed.isMultiple(of: 2) ? 8 : 1_000)

        #expect(gone.count >= 10, "the traffic shows nothing")
        for (table, rows) in run.tables {
            for (key, bytes) in rows {
                let found = gone.filter { bytes.firstRange(of: Array($0.text.utf8)) != nil }
                #expect(found == [], "in row \(key) of \(table.name)")
            }
        }
        #expect(gone.isDisjoint(with: run.lists.keys) && gone.isDisjoint(with: run.profiles.keys))
    }
}

extension Accounting {
    /// Refused for what the record itself is.
    fileprivate var rejectedWithLetter: UInt64 {
        rejections.reduce(0) { $0 + ($1.rule.makesLetter ? $1.count : 0) }
    }
}
