import KafkaLog
import RatingFiles
import Telemetry

/// What a replay read, sent and left out.
struct ReplayReport: Sendable {
    var files: [RatingFile]
    /// Where the ratings go.
    var topic: String
    /// Where the feedback goes.
    var feedbackTopic: String
    var brokers: String
    /// Rows that were to be published.
    var rows: Int
    /// Of these, those that are no ratings.
    var feedback: Int
    /// `nil` in a dry run.
    var outcome: Outcome?

    struct Outcome: Sendable {
        var sent: Int
        var tally: EventProducer.Tally
        var seconds: Double
        var wasInterrupted: Bool
    }

    /// Whether every row is where it should be.
    var isComplete: Bool {
        guard let outcome else { return true }
        return outcome.sent == rows && outcome.tally.delivered == rows
    }

    /// What to say when it is not, with the way to go on.
    func failure(of reading: RatingReading) -> CommandFailure? {
        guard let outcome, !isComplete else { return nil }
        if outcome.tally.delivered == outcome.sent {
            let next = RFC3339.text(epochMs: reading.table.columns.timestampsMs[outcome.sent])
            let cause = outcome.wasInterrupted ? "it was interrupted" : "Kafka took no more"
            return CommandFailure(
                .failed,
                "only \(grouped(UInt64(outcome.sent))) of \(counted(rows, "row")) were published: \(cause). "
                    + "Go on with '--from \(next)'.")
        }
        let reason = outcome.tally.firstFailure ?? "Kafka did not confirm them in time"
        return CommandFailure(
            .failed,
            "\(counted(outcome.sent - outcome.tally.delivered, "row")) did not reach Kafka: \(reason). "
                + "Check that \(brokers) is up ('streamctl doctor'), then publish again.")
    }

    var json: JSON {
        var members: [(name: String, value: JSON)] = [
            ("files", .list(files.map(\.json))), ("rows_read", .whole(sum(\.rowsRead))),
            ("rows_refused", .whole(sum(\.refusals.total))), ("rows_outside", .whole(sum(\.rowsOutside))),
            ("rows_to_publish", .whole(rows)), ("feedback", .whole(feedback)),
            ("dry_run", .flag(outcome == nil)),
            ("topic", .text(topic)),
            ("brokers", .text(brokers)),
        ]
        if let outcome {
            members += [
                ("sent", .whole(outcome.sent)), ("delivered", .whole(outcome.tally.delivered)),
                ("failed", .whole(outcome.sent - outcome.tally.delivered)),
                ("first_failure", .text(orNull: outcome.tally.firstFailure)),
                ("interrupted", .flag(outcome.wasInterrupted)), ("seconds", .number(outcome.seconds)),
                ("events_per_second", .whole(Int(outcome.eventsPerSecond))),
            ]
        }
        return .object(members)
    }

    var text: String {
        let others = feedback > 0 ? " (\(grouped(UInt64(feedback))) of feedback to \(feedbackTopic))" : ""
        let place = "\(topic)\(others) at \(brokers)"
        guard let outcome else {
            return lines + "\(counted(rows, "row")) would be published to \(place)\n"
        }
        let rate = grouped(UInt64(clamping: Int(outcome.eventsPerSecond)))
        let seconds = (outcome.seconds * 10).rounded() / 10
        return lines
            + "\(counted(outcome.sent, "row")) sent to \(place) in \(seconds) s (\(rate)/s): "
            + "\(grouped(UInt64(outcome.tally.delivered))) delivered, "
            + "\(grouped(UInt64(outcome.sent - outcome.tally.delivered))) failed\n"
    }

    private var lines: String { files.map(\.text).joined() }

    private func sum(_ count: (RatingFile) -> Int) -> Int { files.reduce(0) { $0 + count($1) } }
}

extension ReplayReport.Outcome {
    /// What reached Kafka, by the time it took.
    var eventsPerSecond: Double { seconds > 0 ? min(Double(tally.delivered) / seconds, 1e12) : 0 }
}
