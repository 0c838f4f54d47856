import State
import StateStore

extension BenchCase {
    /// A made-up log by ten times as many users as fit: after each came once, nine events of ten bring somebody back
    /// from the state and send another there, with a last list for who leaves.
    static let evict = BenchCase(
        name: "evict", unit: "µs", purpose: "Learn one event when nine users of ten are out of memory",
        runs: 7
    ) { (_) throws(CommandFailure) in
        { () throws(CommandFailure) in
            var bench = BenchState(users: 30_000, items: 2_000, events: 60_000, checkpointMs: 1_000)
            bench.usersMax = bench.users / 10
            let outcome = try bench.learn(in: BenchFolder())
            return BenchRun(value: outcome.seconds / Double(bench.events) * 1e6)
        }
    }

    /// The same for the disk: most of the state are users who are read back and written again at any time.
    static let evictedRatio = BenchCase(
        name: "state_on_disk_evicted", unit: "x",
        purpose: "Bytes on disk for each byte of state when nine users of ten are out of memory", runs: 3,
        warmUps: 0
    ) { (_) throws(CommandFailure) in
        { () throws(CommandFailure) in
            var bench = BenchState(users: 50_000, items: 2_000, events: 100_000, checkpointMs: 1_000)
            bench.usersMax = bench.users / 10
            let folder = try BenchFolder()
            _ = try bench.learn(in: folder)
            let inspection = try BenchState.inspection(of: folder)
            let away = inspection.tables.first { $0.table == .evictedUsers }
            return BenchRun(
                value: inspection.ratio ?? 0,
                details: [
                    ("evicted_rows", Double(away?.rows ?? 0)),
                    ("evicted_share", Double(away?.bytes ?? 0) / Double(max(1, inspection.heldBytes))),
                ])
        }
    }

    /// And for the memory, which is why anybody would do that.
    static let evictedMemory = BenchCase(
        name: "memory_evicted", unit: "x",
        purpose: "Memory with a limit of a tenth of the users, beside that without a limit", runs: 1,
        warmUps: 0
    ) { (_) throws(CommandFailure) in
        { () throws(CommandFailure) in
            var bench = BenchState(users: 200_000, items: 2_000, events: 250_000, checkpointMs: 1_000)
            bench.usersMax = bench.users / 10
            let limited = try bench.residentBytes()
            bench.usersMax = .max
            let all = try bench.residentBytes()
            return BenchRun(
                value: limited / all,
                details: [("megabytes", limited / 1e6), ("megabytes_of_all", all / 1e6)])
        }
    }
}
