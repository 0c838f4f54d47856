import KafkaLog
import Model
import Pipeline
import Settings
import Telemetry

/// The main job: consumes, learns and writes until it is told to stop; then stops in order.
struct Service {
    let wiring: Wiring
    let logger: Logger

    /// Between two lines about how it goes, in seconds.
    private static let reportSeconds = 10.0

    func run(
        from start: StartPosition, shouldStop: () -> Bool
    ) throws(CommandFailure) -> ServiceSummary {
        let settings = wiring.settings
        let log = ServiceLog()
        let state = try OpenState.open(wiring, core: wiring.core, logger: logger)
        var engine = try wiring.makeEngine(
            core: state.core, kept: state.kept, start: start, logger: logger, watch: log.note)
        logger.info(
            "running",
            [
                "kafka": settings.kafka.brokers, "group": settings.kafka.group,
                "redis": "\(wiring.redis)", "version": Program.version,
            ])
        let loop = RunLoop(logger: logger, pollMs: Int32(settings.batch.pollMs))
        var lastReport = Stopwatch()
        try loop.drive(&engine) { engine in
            if lastReport.seconds >= Self.reportSeconds {
                lastReport = Stopwatch()
                report(engine, log)
            }
            return shouldStop()
        }
        logger.info("stopping: nothing more is read; what is owed is written")
        let isComplete = try loop.settle(&engine)
        if !isComplete { logger.error("stopped before everything was written; the next start does it again") }
        return ServiceSummary(engine: engine, log: log, isComplete: isComplete)
    }

    private func report(_ engine: borrowing Engine, _ log: ServiceLog) {
        let accounting = engine.core.accounting
        logger.info(
            "so far",
            [
                "read": Int(accounting.read), "learned": Int(accounting.learned),
                "duplicate": Int(accounting.duplicate), "late": Int(accounting.late),
                "rejected": Int(accounting.rejected), "users": engine.core.model.users.count,
                "items": engine.core.model.items.count,
                "waiting": engine.core.waitingCount, "stale_lists": engine.core.staleCount,
                "freshness_p99_ms": Int(log.freshnessMs.value(atPercentile: 99)),
            ])
    }
}
