import Pipeline
import RatingFiles
import Telemetry

extension BenchCase {
    /// From the first event that is read until every list is in Redis.
    static let pipeline = BenchCase(
        name: "pipeline", unit: "events/s",
        purpose: "The file five times, each with new users, through an embedded broker into a private Redis",
        runs: 7
    ) { (input) throws(CommandFailure) in
        let ratings = try input.ratings()
        let plan = DemoPlan(table: ratings.table.repeated(5), catalog: ratings.catalog, steadyRows: 0)
        return { () throws(CommandFailure) in BenchRun(value: try report(of: plan).eventsPerSecond) }
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
        guard report.accounting.learned == UInt64(report.published) else {
            throw CommandFailure(
                .failed,
                "only \(report.accounting.learned) of \(report.published) events were learned. This is a defect."
            )
        }
        return report
    }
}
