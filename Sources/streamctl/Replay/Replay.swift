import KafkaLog
import Pipeline
import RatingFiles
import Settings
import Telemetry

/// Publishes what was read from rating files: looks for Kafka, sends, waits for the last delivery.
struct Replay {
    var reading: RatingReading
    /// Of the table, in the order of time.
    var rows: Range<Int>
    var pace: Pace
    var kafka: KafkaSettings
    var console: Console
    /// How long Kafka may take to answer at all, and then to have the topics.
    var answerMsMax: Int32 = 5_000

    /// Without a delivery for so long, what is under way is given up.
    private static let patienceSeconds = 30.0
    /// The same, once somebody wants us to stop.
    private static let patienceWhenStoppedSeconds = 5.0

    /// Throws before the first row is sent, or not at all: from then on the report says how it went.
    ///
    /// - Parameter shouldStop: asked often; after it says so, what is under way is still delivered.
    func publish(shouldStop: () -> Bool) throws(CommandFailure) -> ReplayReport.Outcome {
        let connection = KafkaConnection(kafka)
        let notices = KafkaNotices(console: console)
        var publisher: RatingPublisher
        do throws(KafkaError) {
            try BrokerProbe.requireTopics(topics, connection, timeoutMs: answerMsMax)
            publisher = RatingPublisher(
                table: reading.table, topic: kafka.topics.ratings, feedbackTopic: kafka.topics.feedback,
                producer: try EventProducer(connection) { notices.take($0) })
        } catch {
            throw CommandFailure(error)
        }
        let stopwatch = Stopwatch()
        var meter = console.meter("publishing", total: UInt64(rows.count), at: stopwatch)
        var sent = 0
        do throws(Trouble) {
            _ = try publisher.publish(
                rows: rows, pace: pace, mayPublish: { .max },
                shouldStop: {
                    notices.show(above: meter)
                    return shouldStop()
                },
                onProgress: {
                    sent = $0
                    meter.update(done: UInt64($0), nowNs: stopwatch.nanoseconds)
                })
        } catch {
            notices.take(KafkaNotice(.error, error.message))
        }
        let tally = settle(&publisher, sent: sent, notices, shouldStop: shouldStop)
        meter.finish(done: UInt64(sent), nowNs: stopwatch.nanoseconds)
        notices.show()
        return ReplayReport.Outcome(
            sent: sent, tally: tally, seconds: stopwatch.seconds,
            wasInterrupted: sent < rows.count && shouldStop())
    }

    /// Waits until all is delivered or given up, as long as there is any progress.
    private func settle(
        _ publisher: inout RatingPublisher, sent: Int, _ notices: KafkaNotices, shouldStop: () -> Bool
    ) -> EventProducer.Tally {
        var tally = publisher.tally
        var last = Stopwatch()
        do throws(Trouble) {
            while true {
                let before = tally
                tally = try publisher.finish(timeoutMs: 250)
                notices.show()
                if tally.delivered + tally.failed >= sent { return tally }
                if tally != before { last = Stopwatch() }
                let patience = shouldStop() ? Self.patienceWhenStoppedSeconds : Self.patienceSeconds
                if last.seconds > patience { return tally }
            }
        } catch {
            notices.take(KafkaNotice(.error, error.message))
            return tally
        }
    }

    /// Where the rows go.
    private var topics: [String] {
        [kafka.topics.ratings] + (reading.feedback(in: rows) > 0 ? [kafka.topics.feedback] : [])
    }
}
