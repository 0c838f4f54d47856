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
}
