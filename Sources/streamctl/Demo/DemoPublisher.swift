import Events
import KafkaLog
import Pipeline
import RatingFiles
import Synchronization

/// The demo's producer, on a thread of its own: the catalog first, then the ratings, fast and then steadily.
struct DemoPublisher: Sendable {
    let plan: DemoPlan
    let connection: KafkaConnection
    let topics: [Topic: String]
    let signals: DemoSignals
    let probe: FreshnessProbe

    /// The embedded broker keeps 5 MB a partition: this much is never ahead of the reader.
    private static let aheadMax = 20_000
    private static let flushMs: Int32 = 30_000

    func run() {
        do throws(Trouble) {
            try publishCatalog()
            try publishRatings()
            signals.isPublished.store(true, ordering: .releasing)
        } catch {
            signals.fail(CommandFailure(.failed, error.message))
        }
    }

    private func publishCatalog() throws(Trouble) {
        var producer = try makeProducer()
        for item in plan.catalog {
            // Ten thousand texts take JSONSerialization a third of a second, and this hardly any.
            try send(Array("\(item.json)".utf8), of: item.item, with: &producer)
        }
        guard try producer.flush(timeoutMs: Self.flushMs) else {
            throw Trouble(.stop, "the embedded broker does not take the catalog. Try the demo again.")
        }
    }

    private func send(
        _ value: [UInt8], of item: Identifier, with producer: inout EventProducer
    ) throws(Trouble) {
        let outcome = Array(item.text.utf8).withUnsafeBytes { key in
            value.withUnsafeBytes { value in
                Result { () throws(Trouble) in
                    try producer.send(topic: topics[.catalog] ?? "", key: key, value: value)
                }
            }
        }
        try outcome.get()
    }

    private func publishRatings() throws(Trouble) {
        var publisher = RatingPublisher(
            table: plan.table, topic: topics[.ratings] ?? "", feedbackTopic: topics[.feedback],
            producer: try makeProducer())
        var sent = 0
        sent += try publisher.publish(
            rows: 0..<plan.steadyFrom, pace: .fast, mayPublish: { room(beyond: sent) },
            shouldStop: { signals.isStopping }, onProgress: { sent = $0 })
        _ = try publisher.finish(timeoutMs: Self.flushMs)
        // Freshness is that of a steady stream: what is left of the rush is worked off first.
        while !signals.isStopping, !isCaughtUp(plan.steadyFrom) { Clock.rest(ms: 1) }
        try publishSteadily(&publisher)
        let tally = try publisher.finish(timeoutMs: Self.flushMs)
        guard tally.failed == 0 else {
            throw Trouble(
                .stop,
                "\(tally.failed) events did not reach the embedded broker: \(tally.firstFailure ?? "unknown"). "
                    + "Try the demo again.")
        }
    }

    private func publishSteadily(_ publisher: inout RatingPublisher) throws(Trouble) {
        let watchable = plan.watchable()
        let columns = plan.table.columns
        var next = plan.steadyFrom
        _ = try publisher.publish(
            rows: plan.steadyFrom..<plan.count, pace: .rate(plan.steadyRate),
            mayPublish: {
                if next < plan.count, watchable[next] {
                    probe.watch(
                        user: plan.table.users.id(columns.users[next]),
                        eventTimeMs: columns.timestampsMs[next])
                }
                return room(beyond: next)
            },
            shouldStop: { signals.isStopping }, onProgress: { next = plan.steadyFrom + $0 })
    }

    private func room(beyond sent: Int) -> Int {
        max(0, Self.aheadMax - (sent - signals.read.load(ordering: .relaxed)))
    }

    private func isCaughtUp(_ count: Int) -> Bool {
        signals.read.load(ordering: .acquiring) >= count && signals.isSettled.load(ordering: .acquiring)
    }

    private func makeProducer() throws(Trouble) -> EventProducer {
        do throws(KafkaError) {
            return try EventProducer(connection) { _ in }
        } catch {
            throw Trouble(.stop, "\(error)")
        }
    }
}
