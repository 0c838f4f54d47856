import Events
import KafkaLog
import Pipeline
import Settings
import Telemetry

/// Publishes what was read of items, one event each, keyed by item.
struct CatalogImport {
    var items: [CatalogItem]
    var kafka: KafkaSettings
    var console: Console
    /// How long Kafka may take to answer at all, and then to have the topic.
    var answerMsMax: Int32 = 5_000

    /// Without a delivery for so long, what is under way is given up.
    private static let patienceSeconds = 30.0

    /// Throws before the first item is sent, or not at all: from then on the outcome says how it went.
    ///
    /// Retry rule: a full queue is waited for as long as there is any progress. To publish all again does no harm.
    func publish(shouldStop: () -> Bool) throws(CommandFailure) -> CatalogReport.Outcome {
        let connection = KafkaConnection(kafka)
        let notices = KafkaNotices(console: console)
        defer { notices.show() }
        var producer: EventProducer
        do throws(KafkaError) {
            try BrokerProbe.requireTopics([kafka.topics.catalog], connection, timeoutMs: answerMsMax)
            producer = try EventProducer(connection) { notices.take($0) }
        } catch {
            throw CommandFailure(error)
        }
        let stopwatch = Stopwatch()
        var meter = console.meter("publishing", total: UInt64(items.count), at: stopwatch)
        var (sent, last, tally) = (0, Stopwatch(), producer.tally)
        do throws(Trouble) {
            while sent < items.count || tally.delivered + tally.failed < sent {
                let before = tally
                if sent < items.count, !shouldStop() {
                    sent += try send(from: sent, &producer)
                } else {
                    _ = try producer.flush(timeoutMs: 250)
                }
                tally = producer.tally
                if tally != before { last = Stopwatch() }
                meter.update(done: UInt64(tally.delivered), nowNs: stopwatch.nanoseconds)
                let isStopped = shouldStop() && tally.delivered + tally.failed == sent
                if isStopped || last.seconds > Self.patienceSeconds { break }
            }
        } catch {
            notices.take(KafkaNotice(.error, error.message))
        }
        meter.finish(done: UInt64(tally.delivered), nowNs: stopwatch.nanoseconds)
        return CatalogReport.Outcome(sent: sent, tally: tally, seconds: stopwatch.seconds)
    }

    /// Hands over as many as the queue takes, up to a thousand; returns how many.
    private func send(from first: Int, _ producer: inout EventProducer) throws(Trouble) -> Int {
        var sent = 0
        do throws(Trouble) {
            for item in items[first...].prefix(1_000) {
                try Self.send(item, to: kafka.topics.catalog, &producer)
                sent += 1
            }
            try producer.serve(timeoutMs: 0)
        } catch {
            guard error.cure == .tryAgain else { throw error }
            try producer.serve(timeoutMs: 10)
        }
        return sent
    }

    private static func send(
        _ item: CatalogItem, to topic: String, _ producer: inout EventProducer
    ) throws(Trouble) {
        let (key, value) = (Array(item.item.text.utf8), Array("\(item.json)".utf8))
        try key.span.withUnsafeBytes { key throws(Trouble) in
            try value.span.withUnsafeBytes { value throws(Trouble) in
                try producer.send(topic: topic, key: key, value: value)
            }
        }
    }
}
