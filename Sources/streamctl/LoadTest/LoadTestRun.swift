import KafkaLog
import Load
import RedisLists
import Settings
import Telemetry

/// A scenario to be run: chooses the servers, draws the progress.
struct LoadTestRun {
    /// Of the scenario, as it was asked for.
    let name: String
    let scenario: Scenario
    /// The binary of the processor.
    let program: String
    let console: Console

    /// On a broker and a Redis that end with the run.
    func measureOnOwnServers(
        _ settings: Settings, arguments: [String], shouldStop: () -> Bool
    ) throws(CommandFailure) -> LoadReport {
        let servers = try DemoServers.start(
            topics: Wiring(settings: settings).topics, deadLetters: settings.kafka.topics.deadLetters,
            partitions: scenario.traffic.partitions, tcp: false)
        let place = LoadPlace(own: servers, settings: settings, arguments: arguments)
        return try measure(at: place, shouldStop: shouldStop)
    }

    /// On the servers that the settings name.
    func measure(
        onTheirs settings: Settings, arguments: [String], shouldStop: () -> Bool
    ) throws(CommandFailure) -> LoadReport {
        guard scenario.faults.redisStallMs == 0 else {
            throw CommandFailure(
                .wrongUsage,
                "'\(name)' makes Redis stall, which is not done to a server of yours. Leave out the settings that "
                    + "name Kafka, or add '--with faults.redis_stall_ms=0'.")
        }
        let place = try LoadPlace(theirs: settings, arguments: arguments)
        return try measure(at: place, shouldStop: shouldStop)
    }

    private func measure(at place: LoadPlace, shouldStop: () -> Bool) throws(CommandFailure) -> LoadReport {
        let id = String(Clock.nowMs(), radix: 36)
        let plan = try LoadPlan(scenario, settings: place.settings, run: id)
        let stopwatch = Stopwatch()
        let total = plan.plannedPerSecond.map { $0 * Double(plan.endNs ?? 0) / 1e9 }
        var meter = console.meter(
            name, total: UInt64(total ?? Double(scenario.traffic.events)), at: stopwatch)
        let test = LoadTest(name: name, plan: plan, place: place, run: id, program: program)
        let report = try test.measure(shouldStop: shouldStop) {
            meter.update(done: UInt64($0), nowNs: stopwatch.nanoseconds)
        }
        meter.finish(done: report.outcome.sent.sum, nowNs: stopwatch.nanoseconds)
        return report
    }
}
