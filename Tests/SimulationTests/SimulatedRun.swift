import Events
import Model
import Pipeline
import Ranking
import Simulation
import State

/// One log, read to its end by as many processes as it takes: each is killed by the faults, the next goes on from
/// what the one before had kept.
struct SimulatedRun {
    var accounting: Accounting
    var lists: [Identifier: TopList]
    var profiles: [Identifier: ProfileFeatures]
    /// Popular, trending, and those of the genres.
    var fallbacks: [FallbackName: [TopList.Entry]]
    /// Neighbours of items.
    var similar: [Identifier: [TopList.Entry]]
    var letters: [DeadLetter]
    var stored: [Lane: Int64]
    /// What the last checkpoint holds.
    var tables: SimulatedStore.Tables
    var strikes: Int
    var deaths: Int
    var commits: Int
    /// How often the list store lost everything.
    var timesEmptied: Int
    var evictions: EvictionCounts
    /// Users and items in memory at the end.
    var present: Set<Identifier>
    var presentItems: Set<Identifier>

    /// Of what the last checkpoint holds, what two runs over one log agree on.
    var state: SimulatedStore.Tables { tables.filter { $0.key.isLogical } }

    /// In what this run is not as one that nothing struck, a line each; the rows of some tables left out.
    func differences(from calm: SimulatedRun, except unread: Set<StateTable> = []) -> [String] {
        var lines: [String] = []
        if accounting != calm.accounting { lines.append("accounting \(accounting) or \(calm.accounting)") }
        for table in StateTable.allCases where !unread.contains(table) {
            let (mine, others) = (state[table] ?? [:], calm.state[table] ?? [:])
            lines += Set(mine.keys).union(others.keys).sorted().filter { mine[$0] != others[$0] }
                .map { "\(table) \($0): \(mine[$0]?.count ?? -1) or \(others[$0]?.count ?? -1) bytes" }
        }
        lines += Set(lists.keys).union(calm.lists.keys).sorted()
            .filter { lists[$0] != calm.lists[$0] && !mayHaveLost($0, lists[$0] == nil) }
            .map { "the list of user \($0)" }
        lines += Set(profiles.keys).union(calm.profiles.keys).sorted()
            .filter { profiles[$0] != calm.profiles[$0] && !mayHaveLost($0, profiles[$0] == nil) }
            .map { "the profile of user \($0)" }
        lines += Set(fallbacks.keys).union(calm.fallbacks.keys)
            .filter { fallbacks[$0] != calm.fallbacks[$0] }.map { "the list '\($0)'" }.sorted()
        lines += Set(similar.keys).union(calm.similar.keys).sorted()
            .filter { similar[$0] != calm.similar[$0] && presentItems.contains($0) }
            .map { "the neighbours of item \($0)" }
        // A letter may stand twice.
        if Set(letters.map(\.position)) != Set(calm.letters.map(\.position)) { lines.append("letters") }
        return lines
    }

    /// What a list store loses of a user who left memory comes back with the user.
    private func mayHaveLost(_ user: Identifier, _ isMissing: Bool) -> Bool {
        isMissing && timesEmptied > 0 && !present.contains(user)
    }

    /// The run came to no end.
    struct NoEnd: Error {
        var deaths: Int
        var turns: Int64
    }

    /// Runs until the log is drained, nothing is owed and everything is kept.
    static func finish(
        traffic: SimulatedTraffic, faults: Faults, breakage: Breakage? = nil, eventsMax: Int = 50,
        lettersMax: Int = 10_000, laneRecordsMax: Int = 64, tombstonesMax: Int = 1_000, usersMax: Int = 1_000,
        itemsMax: Int = 1_000,
        canRecall: Bool = true
    ) throws(NoEnd) -> SimulatedRun {
        var options = CoreOptions()
        // Here a lane that is silent always has more to come: the merge must wait for it.
        options.mergeIdleMs = .max / 4
        options.laneRecordsMax = laneRecordsMax
        options.model.factors = 16
        options.model.usersMax = usersMax
        options.model.itemsMax = itemsMax
        options.tombstonesMax = tombstonesMax
        var limits = WorkerLimits()
        limits.eventsMax = eventsMax
        limits.listsMax = 7
        limits.lettersMax = lettersMax
        limits.checkpointIntervalMs = 200
        limits.copyBytesPerTurn = 16 << 10
        return try life(
            of: World(traffic: traffic, faults: faults, breakage: breakage, canRecall: canRecall), options,
            limits)
    }

    /// What outlives a process.
    private struct World: ~Copyable {
        let traffic: SimulatedTraffic
        let breakage: Breakage?
        let canRecall: Bool
        var faults: Faults
        var stored: [Lane: Int64] = [:]
        var lists: SimulatedLists
        var letters: [DeadLetter] = []
        var tables: SimulatedStore.Tables = [:]
        var strikes = 0
        var deaths = 0
        var commits = 0
        var turn: Int64 = 0

        init(traffic: SimulatedTraffic, faults: Faults, breakage: Breakage?, canRecall: Bool) {
            self.traffic = traffic
            self.breakage = breakage
            self.canRecall = canRecall
            self.faults = faults
            lists = SimulatedLists(faults: faults)
        }
    }

    private static func life(
        of world: consuming World, _ options: CoreOptions, _ limits: WorkerLimits
    ) throws(NoEnd) -> SimulatedRun {
        while world.deaths < 500, world.turn < Self.turnsMax {
            if let run = process(&world, options, limits) { return run }
            world.deaths += 1
        }
        throw NoEnd(deaths: world.deaths, turns: world.turn)
    }

    private static let turnsMax: Int64 = 20_000

    /// One process from its start to the end of the log, or to its death.
    private static func process(
        _ world: inout World, _ options: CoreOptions, _ limits: WorkerLimits
    ) -> SimulatedRun? {
        // Every process is struck at other moments, and no two of its ports at the same.
        var seeds = Dice(seed: world.faults.dice.next())
        func faults() -> Faults { world.faults.again(seed: seeds.next()) }
        guard let core = try? Core(options: options, restoring: SimulatedReader(world.tables)) else {
            return nil
        }
        var worker = Worker(
            core: core,
            source: SimulatedLog(entries: world.traffic.lanes, stored: world.stored, faults: faults()),
            lists: BreakableLists(
                SimulatedLists(continuing: world.lists, faults: faults()), world.breakage),
            letters: BreakableLetters(
                SimulatedLetters(letters: world.letters, faults: faults()), world.breakage),
            checkpoints: BreakableStore(
                SimulatedStore(tables: world.tables, canRecall: world.canRecall, faults: faults()),
                world.breakage,
                seed: world.faults.dice.state),
            limits: limits)
        let isAtEnd = drive(&worker, &world)

        world.stored = worker.source.stored
        world.lists = SimulatedLists(continuing: worker.lists.store, faults: world.faults)
        world.letters = worker.letters.log.letters
        world.tables = worker.checkpoints.tables
        world.commits += worker.checkpoints.commits
        world.strikes +=
            worker.source.faults.strikes + worker.lists.faults.strikes + worker.letters.faults.strikes
            + worker.checkpoints.faults.strikes
        guard isAtEnd else { return nil }
        return SimulatedRun(
            accounting: worker.core.accounting, lists: worker.lists.store.lists,
            profiles: worker.lists.store.profiles, fallbacks: worker.lists.store.fallbacks,
            similar: worker.lists.store.similar,
            letters: world.letters, stored: world.stored, tables: world.tables,
            strikes: world.strikes, deaths: world.deaths, commits: world.commits,
            timesEmptied: world.lists.timesEmptied, evictions: worker.core.evictions,
            present: Set(
                (0..<UInt32(worker.core.model.users.rowCount)).filter { worker.core.model.users.isNamed($0) }
                    .map { worker.core.model.users.name(of: $0) }),
            presentItems: Set(
                (0..<UInt32(worker.core.model.items.rowCount))
                    .filter { worker.core.model.items.isNamed($0) }
                    .map { worker.core.model.items.name(of: $0) }))
    }

    private typealias SimulatedWorker = Worker<SimulatedLog, BreakableLists, BreakableLetters, BreakableStore>

    /// Turns until everything is read, written, swept and kept; `false` when the process was killed.
    private static func drive(_ worker: inout SimulatedWorker, _ world: inout World) -> Bool {
        var calmTurns = 0
        while world.turn < turnsMax {
            world.turn += 1
            let nowMs = world.turn * 50
            do throws(Trouble) {
                _ = try worker.tick(nowMs: nowMs, timeoutMs: 0)
                let owesNothing = try worker.settle(nowMs: nowMs)
                guard worker.source.isDrained, worker.core.waitingCount == 0, owesNothing else { continue }
                // The log is read: from here on the world is calm, and lists converge within a fallback interval.
                worker.source.faults.calm()
                worker.lists.faults.calm()
                worker.letters.faults.calm()
                worker.checkpoints.faults.calm()
                calmTurns += 1
                guard calmTurns > 30, worker.isSwept, !worker.core.owesSimilar else { continue }
                if try worker.keepLast(nowMs: nowMs) { return true }
            } catch {
                if error.cure == .stop { return false }
            }
        }
        return false
    }
}
