import Settings
import Telemetry

extension BenchCase {
    /// The load test's steady scenario, whose latency counts from when an event was due.
    static let freshness = BenchCase(
        name: "freshness_p99_ms", unit: "ms",
        purpose: "From when an event is due to a GET that shows it, at 20,000 events a second for a minute",
        runs: 7, warmUps: 0
    ) { (_) throws(CommandFailure) in
        let name = "steady"
        let scenario = try ScenarioFile.load(name, overrides: [], console: .standard)
        let test = LoadTestRun(name: name, scenario: scenario, program: "/proc/self/exe", console: .standard)
        return { () throws(CommandFailure) in
            let interrupt = Interrupt()
            let report = try test.measureOnOwnServers(
                Settings(), arguments: [], shouldStop: { interrupt.isRaised })
            guard report.failures.isEmpty, let p99Ms = report.freshnessMs(99),
                let p999Ms = report.freshnessMs(99.9)
            else {
                throw CommandFailure(.failed, report.failures.joined(separator: "; ") + ".")
            }
            return BenchRun(
                value: p99Ms, details: [("p50", report.freshnessMs(50) ?? 0), ("p99_9", p999Ms)])
        }
    }
}
