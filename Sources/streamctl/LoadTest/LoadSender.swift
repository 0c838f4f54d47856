import Events
import KafkaLog
import Load
import Model
import Pipeline
import Settings
import Synchronization

/// The sending side of a load test, on a thread of its own: makes events and hands them to Kafka when they are due.
struct LoadSender: Sendable {
    let plan: LoadPlan
    let connection: KafkaConnection
    let topics: [Topic: String]
    let board: LoadBoard
    /// Events that may be ahead of the processor.
    let aheadMax: Int

    /// Events between two looks at the clock.
    private static let batchMax = 256
    private static let restUs: UInt32 = 500
    private static let flushMs: Int32 = 60_000
    /// The processor gets so much time to show that it works: joining a group alone takes seconds.
    private static let answerSeconds = 120.0

    func run() {
        do throws(Trouble) {
            try send()
        } catch {
            board.fail(CommandFailure(.failed, error.message))
        }
    }

    private func send() throws(Trouble) {
        var course = Course(plan: plan, producer: try makeProducer())
        let beginMs = Clock.nowMs()
        // One event before all others: the clock starts when the processor has shown that it works.
        try send(dueNs: nil, nowMs: beginMs, with: &course)
        _ = try course.producer.flush(timeoutMs: Self.flushMs)
        guard let startNs = waitForStart() else { return }
        if plan.endNs == nil {
            try sendClosed(startNs, &course)
        } else {
            try sendOpen(startNs, &course)
        }
        let seconds = Double(Clock.steadyNs() - startNs) / 1e9
        _ = try course.producer.flush(timeoutMs: Self.flushMs)
        try placeWatched(&course)
        let tally = course.producer.tally
        board.finish(
            LoadBoard.SendOutcome(
                sent: course.generator.fates, delivered: tally.delivered, failed: tally.failed,
                firstFailure: tally.firstFailure, longestDelayNs: course.loop?.longestDelayNs ?? 0,
                keptItsRate: course.loop?.keptItsRate ?? true, seconds: seconds,
                newestMs: course.newestMs))
    }

    /// Everything that is due goes out at once; then a short rest. What is not sent some time after the end is left out.
    private func sendOpen(_ startNs: UInt64, _ course: inout Course) throws(Trouble) {
        let startMs = Clock.nowMs()
        while let loop = course.loop, !loop.isOver, !board.isStopping {
            let nowNs = Clock.steadyNs() - startNs
            if loop.isGivenUp(nowNs: nowNs) { return }
            var room = min(Self.batchMax, room(beyond: course.count))
            var isAnyDue = false
            while room > 0, let dueNs = course.loop?.take(nowNs: nowNs) {
                try send(dueNs: dueNs, nowMs: startMs + Int64(dueNs / 1_000_000), with: &course)
                room -= 1
                isAnyDue = true
            }
            try placeWatched(&course)
            if !isAnyDue { Clock.rest(us: Self.restUs) }
        }
    }

    private func sendClosed(_ startNs: UInt64, _ course: inout Course) throws(Trouble) {
        let count = plan.scenario.traffic.events
        while course.count < count, !board.isStopping {
            let some = min(Self.batchMax, room(beyond: course.count), count - course.count)
            let (nowNs, nowMs) = (Clock.steadyNs() - startNs, Clock.nowMs())
            for _ in 0..<max(0, some) { try send(dueNs: nowNs, nowMs: nowMs, with: &course) }
            try placeWatched(&course)
            if some <= 0 { Clock.rest(us: Self.restUs) }
        }
    }

    /// - Parameter dueNs: from the start; `nil` for an event that is not looked for.
    private func send(dueNs: UInt64?, nowMs: Int64, with course: inout Course) throws(Trouble) {
        let event = course.generator.next(nowMs: nowMs)
        course.count += 1
        var tag: UInt32 = 0
        if event.fate == .learned {
            course.note(event)
            if let dueNs, course.dice.isHit(plan.sampleShare) {
                tag = board.watch(event, dueNs: dueNs) ?? 0
            }
        }
        let topic = topics[event.topic == .ratings ? .ratings : .feedback] ?? ""
        try course.send(to: topic, tag: tag, isStopping: { board.isStopping })
        board.sent.store(course.count, ordering: .relaxed)
    }

    private func placeWatched(_ course: inout Course) throws(Trouble) {
        try course.producer.serve()
        for record in course.producer.takePlaced() {
            board.placed(record.tag, partition: record.partition, offset: record.offset)
        }
    }

    private func waitForStart() -> UInt64? {
        let stopwatch = Stopwatch()
        while !board.isStopping {
            let startNs = board.startNs.load(ordering: .acquiring)
            if startNs > 0 { return startNs }
            guard stopwatch.seconds < Self.answerSeconds else {
                board.fail(
                    CommandFailure(
                        .failed,
                        "the processor learned nothing of the first event within \(Int(Self.answerSeconds)) s. "
                            + "Check with 'streamctl doctor' that it can reach Kafka and Redis."))
                return nil
            }
            Clock.rest(ms: 1)
        }
        return nil
    }

    private func room(beyond count: Int) -> Int {
        aheadMax - (count - board.done.load(ordering: .relaxed))
    }

    private func makeProducer() throws(Trouble) -> EventProducer {
        do throws(KafkaError) {
            return try EventProducer(connection) { _ in }
        } catch {
            throw Trouble(.stop, "\(error)")
        }
    }

    /// What changes while it is sent.
    private struct Course: ~Copyable {
        var generator: Generator
        var loop: OpenLoop?
        var dice: Dice
        var producer: EventProducer
        var newestMs: [Int64]
        var count = 0

        init(plan: LoadPlan, producer: consuming EventProducer) {
            generator = Generator(plan.traffic)
            loop = plan.endNs.map { OpenLoop(plan.arrivals, endNs: $0) }
            dice = Dice(seed: ~plan.traffic.seed)
            newestMs = [Int64](repeating: .min, count: plan.traffic.users)
            self.producer = producer
        }

        mutating func note(_ event: LoadEvent) {
            let user = Int(event.user)
            // Users who come in somebody's place have numbers of their own.
            while newestMs.count <= user { newestMs.append(.min) }
            newestMs[user] = max(newestMs[user], event.timestampMs)
        }

        /// Retry rule: a full queue is waited for; every event is sent, however late.
        mutating func send(to topic: String, tag: UInt32, isStopping: () -> Bool) throws(Trouble) {
            while true {
                do throws(Trouble) {
                    return try Self.send(generator, to: topic, tag: tag, with: &producer)
                } catch {
                    guard error.cure == .tryAgain, !isStopping() else { throw error }
                }
            }
        }

        private static func send(
            _ generator: Generator, to topic: String, tag: UInt32, with producer: inout EventProducer
        ) throws(Trouble) {
            try generator.key.span.withUnsafeBytes { key throws(Trouble) in
                try generator.value.span.withUnsafeBytes { value throws(Trouble) in
                    try producer.send(topic: topic, key: key, value: value, tag: tag)
                }
            }
        }
    }
}
