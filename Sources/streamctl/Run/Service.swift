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
        from start: StartPosition?, shouldStop: () -> Bool
    ) throws(CommandFailure) -> ServiceSummary {
        let settings = wiring.settings
        let (log, outages) = (ServiceLog(), OutageFilter())
        let state = try OpenState.open(wiring, core: wiring.core, logger: logger)
        var engine = try wiring.makeEngine(
            core: state.core, kept: state.kept, start: start ?? .earliest, logger: logger, outages: outages,
            watch: log.note)
        let known = engine.core.knownPositions.count
        if start != nil, known > 0 {
            logger.info(
                "--offset is for partitions that the state knows nothing of; the others go on where it says",
                ["known": known])
        }
        logger.info(
            "running",
            [
                "kafka": settings.kafka.brokers, "group": settings.kafka.group,
                "redis": "\(wiring.redis)", "version": Program.version,
            ])
        let loop = RunLoop(logger: logger, pollMs: Int32(settings.batch.pollMs))
        let metrics = settings.log.metricsFile.map(MetricsFile.init)
        var (lastReport, lastMetrics, lastLook) = (Stopwatch(), Stopwatch(), Stopwatch())
        var mayWriteMetrics = true
        func writeMetrics(_ summary: ServiceSummary, _ engine: borrowing Engine) {
            guard let metrics, mayWriteMetrics else { return }
            let lag = GroupLag(of: engine, wiring, nowMs: Clock.nowMs())
            let text = summary.prometheus(kafka: outages.tally, topics: wiring.topics, lag: lag)
            mayWriteMetrics = metrics.write(text)
            if mayWriteMetrics { return }
            logger.warning(
                "metrics cannot be written, and are left out from now on. Correct log.metrics_file, or give us the "
                    + "right to write in its folder, and start again", ["file": metrics.path])
        }
        do throws(CommandFailure) {
            try loop.drive(&engine) { engine in
                if lastReport.seconds >= Self.reportSeconds {
                    lastReport = Stopwatch()
                    report(engine, log)
                }
                if lastLook.seconds >= 1 {
                    lastLook = Stopwatch()
                    engine.checkpoints.describe(wiring.topicFacts(engine.source.partitionCounts))
                }
                if lastMetrics.seconds >= MetricsFile.seconds {
                    lastMetrics = Stopwatch()
                    writeMetrics(ServiceSummary(engine: engine, log: log, isComplete: false), engine)
                }
                return shouldStop()
            }
            logger.info("stopping: nothing more is read; what is owed is written")
            engine.checkpoints.describe(wiring.topicFacts(engine.source.partitionCounts))
            let isComplete = try loop.settle(&engine)
            if !isComplete {
                logger.error("stopped before everything was written; the next start does it again")
            }
            let summary = ServiceSummary(engine: engine, log: log, isComplete: isComplete)
            writeMetrics(summary, engine)
            return summary
        } catch {
            // Somebody must mend something first. What was learned until now is worth keeping all the same.
            loop.keepWhatCanBe(&engine)
            var summary = ServiceSummary(engine: engine, log: log, isComplete: false)
            summary.failure = error
            writeMetrics(summary, engine)
            return summary
        }
    }

    private func report(_ engine: borrowing Engine, _ log: ServiceLog) {
        let (accounting, evictions) = (engine.core.accounting, engine.core.evictions)
        logger.info(
            "so far",
            [
                "read": Int(accounting.read), "learned": Int(accounting.learned),
                "duplicate": Int(accounting.duplicate), "late": Int(accounting.late),
                "rejected": Int(accounting.rejected), "users": engine.core.model.users.count,
                "items": engine.core.model.items.count, "users_away": Int(evictions.usersAway),
                "items_away": Int(evictions.itemsAway),
                "waiting": engine.core.waitingCount, "stale_lists": engine.core.staleCount,
                "freshness_p99_ms": Int(log.freshnessMs.value(atPercentile: 99)),
            ])
    }
}
