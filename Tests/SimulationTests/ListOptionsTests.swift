import Events
import Model
import Pipeline
import Ranking
import Simulation
import State
import Testing

/// Other settings for lists take hold with the next start, on everything that a reader can find.
@Suite struct ListOptionsTests {
    struct Change: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var make: @Sendable (inout RankingOptions) -> Void
    }

    private static let changes: [Change] = [
        Change(testDescription: "deny") { $0.filter.deny = Set(["3", "4"].compactMap { Identifier($0) }) },
        Change(testDescription: "allow") { $0.filter.allow = Set(["3", "4"].compactMap { Identifier($0) }) },
        Change(testDescription: "deny genres") { $0.filter.denyGenres = ["G1", "g3"] },
        Change(testDescription: "allow genres") { $0.filter.allowGenres = ["g1"] },
        Change(testDescription: "algorithm") { $0.algorithm = .content },
        Change(testDescription: "diversity") { $0.diversity = 0.8 },
        Change(testDescription: "size") { $0.size = 3 },
    ]

    @Test(arguments: changes)
    func aStartWithOtherSettingsMakesAllListsAnew(change: Change) throws {
        let traffic = SimulatedTraffic(seed: 11)
        var changed = RankingOptions()
        change.make(&changed)
        let before = try Self.run(traffic, RankingOptions(), after: nil)
        let after = try Self.run(traffic, changed, after: before)
        let fromTheStart = try Self.run(traffic, changed, after: nil)

        #expect(after.entries == fromTheStart.entries)
        #expect(after.entries != before.entries)
        #expect(after.shared == fromTheStart.shared)
        #expect(after.similar == fromTheStart.similar)
        #expect(after.state == before.state, "what is learned does not hang on the lists")
    }

    @Test(arguments: changes.prefix(4))
    func nothingForbiddenIsLeftAnywhere(change: Change) throws {
        let traffic = SimulatedTraffic(seed: 12)
        var options = RankingOptions()
        change.make(&options)
        let before = try Self.run(traffic, RankingOptions(), after: nil)
        let after = try Self.run(traffic, options, after: before)
        let forbidden = Set((0..<30).map(String.init).filter { Self.isForbidden($0, options.filter) })
        let found = [before, after].map { run in
            (Array(run.entries.values) + Array(run.shared.values) + Array(run.similar.values))
                .joined().count { forbidden.contains($0.item.text) }
        }
        #expect(found[0] > 0 && found[1] == 0)
    }

    /// The traffic's item n is of the genre gm, m = n mod 4.
    private static func isForbidden(_ item: String, _ filter: ListFilter) -> Bool {
        guard let id = Identifier(item), let number = Int(item) else { return true }
        let genre = "g\(number % 4)"
        return filter.deny.contains(id) || (!filter.allow.isEmpty && !filter.allow.contains(id))
            || filter.denyGenres.contains { $0.lowercased() == genre }
            || (!filter.allowGenres.isEmpty && !filter.allowGenres.contains { $0.lowercased() == genre })
    }

    /// What a process leaves behind.
    private struct Remains {
        var entries: [Identifier: [TopList.Entry]]
        var shared: [FallbackName: [TopList.Entry]]
        var similar: [Identifier: [TopList.Entry]]
        var tables: SimulatedStore.Tables

        var state: SimulatedStore.Tables { tables.filter { $0.key.isLogical } }
    }

    /// A process that finds what another left, from its start to where all is read, written and kept.
    private static func run(
        _ traffic: SimulatedTraffic, _ ranking: RankingOptions, after earlier: Remains?
    ) throws -> Remains {
        var options = CoreOptions()
        options.mergeIdleMs = .max / 4
        options.model.factors = 16
        options.ranking = ranking
        var limits = WorkerLimits()
        limits.checkpointIntervalMs = 200
        let calm = Faults.none(seed: 1)
        var lists = SimulatedLists(faults: calm)
        if let earlier {
            var writes = earlier.entries.map { user, entries in
                ListWrite.top(
                    TopList(
                        user: user, entries: entries, eventTimeMs: 0,
                        source: Position(lane: Lane(topic: .ratings, partition: 0), offset: 0)))
            }
            writes += earlier.shared.map { .fallback($0.key, $0.value) }
            writes += earlier.similar.map { .similar($0.key, $0.value) }
            _ = try lists.write(writes, generatedAtMs: 0)
        }
        let tables = earlier?.tables ?? [:]
        var worker = Worker(
            core: try Core(options: options, restoring: SimulatedReader(tables)),
            source: SimulatedLog(entries: traffic.lanes, stored: [:], faults: calm), lists: lists,
            letters: SimulatedLetters(letters: [], faults: calm),
            checkpoints: SimulatedStore(tables: tables, faults: calm), limits: limits)
        var calmTurns = 0
        for turn in 1..<Int64(20_000) {
            _ = try worker.tick(nowMs: turn * 50, timeoutMs: 0)
            guard try worker.settle(nowMs: turn * 50), worker.source.isDrained, worker.isSwept else {
                continue
            }
            calmTurns += 1
            if calmTurns > 60, try worker.keepLast(nowMs: turn * 50) { break }
        }
        let similar = worker.lists.similar.filter { !$0.value.isEmpty }
        return Remains(
            entries: worker.lists.lists.mapValues(\.entries),
            shared: worker.lists.fallbacks.filter { !$0.value.isEmpty }, similar: similar,
            tables: worker.checkpoints.tables)
    }
}
