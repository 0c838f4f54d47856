import Events
import Model
import Pipeline
import Simulation
import State

/// A state that was learned from a little traffic, and the traffic that comes next.
enum SmallState {
    static let options: CoreOptions = {
        var options = CoreOptions()
        options.mergeIdleMs = 0
        options.model.factors = 8
        options.fallbackIntervalMs = 50
        return options
    }()

    static let tables: SimulatedStore.Tables =
        learn(.init(seed: 1, events: 60, farewells: 2), from: [:]) ?? [:]

    /// Rows in a fixed order, so that an edit means the same row in every process.
    static let rows: [(table: StateTable, key: Int64, bytes: [UInt8])] = StateTable.allCases.flatMap {
        table in
        (tables[table] ?? [:]).sorted { $0.key < $1.key }.map { (table, $0.key, $0.value) }
    }

    private static let more = SimulatedTraffic(seed: 2, events: 12, farewells: 1)

    /// Goes on from a state, if it is accepted: learns, ranks, writes and keeps. `nil` where it is refused.
    @discardableResult
    static func goOn(from tables: SimulatedStore.Tables) -> SimulatedStore.Tables? {
        learn(more, from: tables)
    }

    private static func learn(
        _ traffic: SimulatedTraffic, from tables: SimulatedStore.Tables
    ) -> SimulatedStore.Tables? {
        guard let core = try? Core(options: options, restoring: SimulatedReader(tables)) else { return nil }
        let faults = Faults.none(seed: 3)
        var worker = Worker(
            core: core, source: SimulatedLog(entries: traffic.lanes, faults: faults),
            lists: SimulatedLists(faults: faults), letters: SimulatedLetters(faults: faults),
            checkpoints: SimulatedStore(tables: tables, faults: faults))
        for turn in 1...60 as ClosedRange<Int64> {
            guard let done = try? worker.tick(nowMs: turn * 50, timeoutMs: 0) else { return nil }
            if done == 0, worker.source.isDrained, worker.isSwept { break }
        }
        for turn in 61...120 as ClosedRange<Int64> {
            if (try? worker.keepLast(nowMs: turn * 50)) != false { break }
        }
        return worker.checkpoints.tables
    }
}
