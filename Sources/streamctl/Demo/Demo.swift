import Events
import Foundation
import KafkaLog
import Model
import Pipeline
import RatingFiles
import RedisLists
import Settings
import Synchronization
import Telemetry

/// The demo: three threads (producer, worker, a front end that reads), two servers, one report.
struct Demo {
    let plan: DemoPlan
    let partitions: Int
    let keepsRedis: Bool
    let logger: Logger

    private let signals = DemoSignals()
    private let probe = FreshnessProbe()

    init(plan: DemoPlan, partitions: Int, keepsRedis: Bool, logger: Logger) {
        self.plan = plan
        self.partitions = partitions
        self.keepsRedis = keepsRedis
        self.logger = logger
    }

    /// Runs it to its end; the text shows three users. `onProgress` hears how many events were read.
    func run(
        shouldStop: () -> Bool, onProgress: (Int) -> Void
    ) throws(CommandFailure) -> (report: DemoReport, showcase: String) {
        let names = Settings().kafka.topics
        let servers = try DemoServers.start(
            topics: Wiring(settings: Settings()).topics, deadLetters: names.deadLetters,
            partitions: partitions,
            tcp: keepsRedis)
        // The engine ends in here: its clients take leave of a broker that is still there.
        let result = try run(on: servers, shouldStop: shouldStop, onProgress: onProgress)
        if keepsRedis { servers.keepRedis() }
        return result
    }

    private func run(
        on servers: borrowing DemoServers, shouldStop: () -> Bool, onProgress: (Int) -> Void
    ) throws(CommandFailure) -> (report: DemoReport, showcase: String) {
        let wiring = Wiring(settings: servers.settings)
        var options = wiring.core
        options.judging = plan.judging
        var engine = try wiring.makeEngine(core: Core(options: options), start: .earliest, logger: logger)
        let redis = servers.redis.address
        let threads = startThreads(connection: wiring.kafka, topics: wiring.topics, redis: redis)
        defer { threads.finish() }

        let seconds = try stream(&engine, shouldStop: shouldStop, onProgress: onProgress)
        let lists = try DemoLists(from: redis, model: engine.core.model)
        let report = report(
            engine, seconds: seconds, lists: lists, redis: servers.redis.tcpAddress, pid: servers.redis.pid)
        return (report, DemoShowcase.text(model: engine.core.model, lists: lists))
    }

    /// Turns until everything is learned, written and seen; returns how long the fast part took.
    private func stream(
        _ engine: inout Engine, shouldStop: () -> Bool, onProgress: (Int) -> Void
    ) throws(CommandFailure) -> Double {
        let loop = RunLoop(logger: logger, pollMs: 5)
        var startNs: UInt64?
        // The clock starts before the turn that brought the first events: they are learned when it is over.
        var turnNs = Clock.steadyNs()
        var fastSeconds = 0.0
        try loop.drive(&engine) { engine in
            let read = Int(engine.core.accounting.read)
            let isSettled = engine.core.staleCount == 0 && engine.core.waitingCount == 0
            signals.read.store(read, ordering: .releasing)
            signals.isSettled.store(isSettled, ordering: .releasing)
            onProgress(read)
            if startNs == nil, read > 0 { startNs = turnNs }
            turnNs = Clock.steadyNs()
            if fastSeconds == 0, isSettled, read >= max(plan.steadyFrom, 1), let startNs {
                fastSeconds = Double(Clock.steadyNs() - startNs) / 1e9
            }
            if shouldStop() { signals.fail(CommandFailure(.failed, "stopped before the end")) }
            let isOver = read >= plan.count && isSettled && engine.isSwept && probe.isIdle
            return signals.isStopping || (isOver && signals.isPublished.load(ordering: .acquiring))
        }
        signals.shouldStop.store(true, ordering: .releasing)
        try signals.check()
        return fastSeconds
    }

    private func startThreads(
        connection: KafkaConnection, topics: [Topic: String], redis: RedisAddress
    ) -> SideThreads {
        let publisher = DemoPublisher(
            plan: plan, connection: connection, topics: topics, signals: signals, probe: probe)
        let (signals, probe) = (signals, probe)
        let threads = SideThreads { signals.shouldStop.store(true, ordering: .releasing) }
        threads.start { publisher.run() }
        threads.start {
            do throws(RedisError) {
                try probe.read(from: redis) { signals.isStopping }
            } catch {
                signals.fail(CommandFailure(.failed, "\(error)"))
            }
        }
        return threads
    }

    private func report(
        _ engine: borrowing Engine, seconds: Double, lists: DemoLists, redis: RedisAddress?, pid: Int32
    ) -> DemoReport {
        let quality = engine.core.model.quality
        let freshness = probe.result
        return DemoReport(
            accounting: engine.core.accounting, published: plan.count, fastEvents: plan.steadyFrom,
            seconds: seconds, rmse: quality.rmse, mae: quality.mae, hitRatioAt10: quality.hitRatioAt10,
            ndcgAt10: quality.ndcgAt10, positivesJudged: quality.positives, freshness: freshness.histogram,
            freshnessMissed: freshness.missed, steadyRate: plan.steadyRate,
            users: engine.core.model.users.count, usersWithList: lists.byUser.count,
            listsWithRated: lists.withRated, peakBytes: Self.peakBytes(), redis: redis,
            redisPid: pid, someUser: lists.byUser.keys.min())
    }

    /// The most memory that this process held at once, in bytes.
    private static func peakBytes() -> Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1_024
    }
}
