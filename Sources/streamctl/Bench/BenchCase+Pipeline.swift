import Pipeline
import Telemetry

extension BenchCase {
    /// From the first event that is read until every list is in Redis.
    static let pipeline = BenchCase(
        name: "pipeline", unit: "events/s",
        purpose: "The whole file through an embedded broker into a private Redis, at full speed", runs: 3
    ) { (input) throws(CommandFailure) in
        let ratings = try input.ratings()
        let plan = DemoPlan(table: ratings.table, catalog: ratings.catalog, steadyRows: 0)
        return { () throws(CommandFailure) in BenchRun(value: try report(of: plan).eventsPerSecond) }
    }

    /// Read by a client of Redis, as a front end would.
    static let freshness = BenchCase(
        name: "freshness_p99_ms", unit: "ms",
        purpose: "From Kafka to a GET, at a steady 5,000 events a second for ten seconds", runs: 3, warmUps: 0
    ) { (input) throws(CommandFailure) in
        let ratings = try input.ratings()
        let plan = DemoPlan(table: ratings.table, catalog: ratings.catalog, steadyRows: 50_000)
        return { () throws(CommandFailure) in
            guard let p99Ms = try report(of: plan).freshnessP99Ms else {
                throw CommandFailure(.failed, "the file has too few ratings to watch. Name a longer one.")
            }
            return BenchRun(value: p99Ms)
        }
    }

    /// A run whose sums do not hold has measured nothing.
    private static func report(of plan: DemoPlan) throws(CommandFailure) -> DemoReport {
        let demo = Demo(
            plan: plan, partitions: 4, keepsRedis: false,
            logger: Logger(level: .warning, nowMs: { Clock.nowMs() }))
        let interrupt = Interrupt()
        let report = try demo.run(shouldStop: { interrupt.isRaised }, onProgress: { _ in }).report
        guard report.failures.isEmpty else {
            throw CommandFailure(.failed, report.failures.joined(separator: "; ") + ". This is a defect.")
        }
        return report
    }
}
