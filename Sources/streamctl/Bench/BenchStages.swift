import Events
import KafkaLog
import Model
import Pipeline
import RedisLists

/// A worker's loop that reads a topic to its end with a watch in its hand: where an event's time goes.
struct BenchStages {
    /// In the order of the way.
    enum Stage: Int, CaseIterable {
        /// What librdkafka and the copy of its message take.
        case read
        /// From bytes to a record that waits in its lane. Reading the clock twice is part of it, some 40 ns.
        case decode
        /// The order of the partitions, the dedupe window, profiles, and what the heads learn.
        case learn
        case rank
        /// Encoding, sending, and waiting for Redis.
        case write
    }

    /// Nanoseconds by stage, over all events.
    private(set) var spentNs = [UInt64](repeating: 0, count: Stage.allCases.count)
    private(set) var lists = 0
    /// From the first record on.
    private(set) var seconds = 0.0
    private(set) var allocations: UInt64?

    /// - Parameters:
    ///   - headsLearn: whether anything is learned beside profiles; else no list is made either.
    ///   - isWatched: whether the stages are told apart, which costs a little.
    static func run(
        _ topic: BenchTopic, headsLearn: Bool, isWatched: Bool
    ) throws(CommandFailure) -> BenchStages {
        var stages = BenchStages()
        let wiring = topic.wiring
        var options = wiring.core
        options.model.headsLearn = headsLearn
        var core = Core(options: options)
        let limits = wiring.limits
        do {
            // No group's account: each run begins at the beginning.
            var source = try KafkaSource(
                wiring.kafka, group: "stages-\(Clock.steadyNs())",
                topics: wiring.topics.filter { $0.key == .ratings },
                start: .earliest, decodingBy: isWatched ? nil : options.rules, onNotice: { _ in })
            var lists = RedisWriter(
                to: wiring.redis, settings: wiring.lists, topics: wiring.topics, model: "hybrid-1",
                mark: "stages")
            var store = NoCheckpoints()
            var batch = ListBatch()
            var lap: Lap?
            var done = 0
            while core.accounting.read < UInt64(topic.count) {
                let nowMs = Clock.nowMs()
                try stages.fill(
                    &core, from: &source, limit: limits.eventsMax, timeoutMs: done > 0 ? 0 : 5, nowMs: nowMs,
                    isWatched: isWatched)
                if lap == nil, core.waitingCount > 0 {
                    // The group takes seconds to come together, which is no event's time.
                    stages = BenchStages()
                    lap = Lap()
                }
                done = 0
                try stages.watch(.learn) { () throws(Trouble) in
                    done = try core.advance(limit: limits.eventsMax, nowMs: nowMs, recalling: &store)
                }
                if headsLearn {
                    try stages.serve(&core, to: &lists, limits: limits, batch: &batch, nowMs: nowMs)
                }
            }
            let end = lap?.end(events: 1) { $0 }
            guard core.accounting.learned == UInt64(topic.count) else {
                throw CommandFailure(
                    .failed,
                    "only \(core.accounting.learned) of \(topic.count) events were learned. This is a defect."
                )
            }
            stages.seconds = end?.value ?? 0
            stages.allocations = end?.allocations.map { UInt64($0) }
        } catch let failure as CommandFailure {
            throw failure
        } catch let trouble as Trouble {
            throw CommandFailure(.failed, trouble.message)
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
        return stages
    }

    private mutating func fill(
        _ core: inout Core, from source: inout KafkaSource, limit: Int, timeoutMs: Int32, nowMs: Int64,
        isWatched: Bool
    ) throws(Trouble) {
        let pace = core.changesOfPace(isFull: false, nowMs: nowMs)
        if !pace.pause.isEmpty { try source.setPaused(true, lanes: pace.pause) }
        if !pace.resume.isEmpty { try source.setPaused(false, lanes: pace.resume) }
        let start = Clock.steadyNs()
        var inside: UInt64 = 0
        try source.poll(limit: limit, timeoutMs: timeoutMs) { arrival in
            let before = isWatched ? Clock.steadyNs() : 0
            core.receive(arrival, nowMs: nowMs)
            if isWatched { inside += Clock.steadyNs() - before }
        }
        spentNs[Stage.decode.rawValue] += inside
        spentNs[Stage.read.rawValue] += Clock.steadyNs() - start - inside
    }

    private mutating func serve(
        _ core: inout Core, to sink: inout RedisWriter, limits: WorkerLimits, batch: inout ListBatch,
        nowMs: Int64
    ) throws(Trouble) {
        while true {
            var isOwed = false
            watch(.rank) { isOwed = core.makeLists(limit: limits.listsMax, nowMs: nowMs, into: &batch) }
            guard isOwed else { return }
            var gone: [Identifier] = []
            try watch(.write) { () throws(Trouble) in
                gone = try sink.write(batch.writes, generatedAtMs: nowMs)
            }
            lists += batch.lists
            core.listsWritten(batch, gone: gone, nowMs: nowMs) { _ in }
        }
    }

    private mutating func watch<Failure: Error>(
        _ stage: Stage, _ body: () throws(Failure) -> Void
    ) throws(Failure) {
        let start = Clock.steadyNs()
        try body()
        spentNs[stage.rawValue] += Clock.steadyNs() - start
    }
}
