import Events
import KafkaLog
import Pipeline
import RatingFiles
import Telemetry

/// Publishes rows of a table as events of the contract, keyed by user: ratings to the ratings topic, all others to
/// the feedback topic.
///
/// A record's own time is the time of sending, never that of the event, which stands in its body: Kafka
/// deletes records by their time, and those of years ago would be gone before they are read.
struct RatingPublisher: ~Copyable {
    private let columns: RatingColumns
    private let topic: String
    private let feedbackTopic: String?
    private let keys: IDTexts
    private let users: IDTexts
    private let items: IDTexts
    private var text = EventText()
    private var producer: EventProducer
    /// Rows that were not sent because there is no topic for feedback.
    private(set) var feedbackLeftOut = 0

    /// Rows between two looks at the caller's wishes: some milliseconds.
    private static let batchRows = 1_000
    /// The longest wait before they are looked at again.
    private static let waitMsMax = 50.0
    /// A queue that stays full for so long will not empty by waiting.
    private static let stalledSecondsMax = 60.0

    /// - Parameters:
    ///   - table: sorted by time, for a pace that follows the time.
    ///   - feedbackTopic: `nil` leaves feedback out, and counts it.
    init(table: RatingTable, topic: String, feedbackTopic: String?, producer: consuming EventProducer) {
        columns = table.columns
        self.topic = topic
        self.feedbackTopic = feedbackTopic
        keys = IDTexts(table.users) { $0 }
        users = IDTexts(table.users, spelling: jsonString)
        items = IDTexts(table.items, spelling: jsonString)
        self.producer = producer
    }

    /// Publishes rows at a pace. Blocks until the last one is handed over, which is not yet delivered.
    ///
    /// Retry rule: a full queue is waited for. After a throw the rows so far are sent, and no others.
    ///
    /// - Parameters:
    ///   - mayPublish: asked before each batch, how many rows may go out now; at 0 it is asked again soon.
    ///   - shouldStop: asked at least every 50 ms, or every second while the queue is full.
    ///   - onProgress: hears how many rows are sent so far.
    /// - Returns: rows sent; feedback that was left out is not among them.
    mutating func publish(
        rows: Range<Int>, pace: Pace, mayPublish: () -> Int, shouldStop: () -> Bool,
        onProgress: (Int) -> Void
    ) throws(Trouble) -> Int {
        precondition(rows.upperBound <= columns.count)
        let stopwatch = Stopwatch()
        var next = rows.lowerBound
        var sent = 0
        var stall: (settled: Int, since: Double)?
        while next < rows.upperBound, !shouldStop() {
            let allowed = min(mayPublish(), Self.batchRows, rows.upperBound - next)
            let now = stopwatch.seconds
            guard allowed > 0 else {
                try producer.serve(timeoutMs: 2)
                continue
            }
            let waitMs = (dueSeconds(next, from: rows.lowerBound, pace) - now) * 1000
            guard waitMs <= 0 else {
                try producer.serve(timeoutMs: Int32(min(waitMs, Self.waitMsMax).rounded(.up)))
                continue
            }
            let batchEnd = next + allowed
            do throws(Trouble) {
                while next < batchEnd, dueSeconds(next, from: rows.lowerBound, pace) <= now {
                    sent += try send(next) ? 1 : 0
                    next += 1
                }
                stall = nil
            } catch {
                guard error.cure == .tryAgain else { throw error }
                let settled = producer.tally.delivered + producer.tally.failed
                if stall?.settled != settled { stall = (settled, now) }
                if let stall, now - stall.since > Self.stalledSecondsMax { throw error }
            }
            onProgress(sent)
        }
        return sent
    }

    /// Waits until everything is delivered or given up, or the time is over.
    mutating func finish(timeoutMs: Int32) throws(Trouble) -> EventProducer.Tally {
        _ = try producer.flush(timeoutMs: timeoutMs)
        return producer.tally
    }

    /// How the rows that were sent fared so far.
    var tally: EventProducer.Tally { producer.tally }

    private func dueSeconds(_ row: Int, from first: Int, _ pace: Pace) -> Double {
        if pace == .fast { return 0 }
        let eventMs = columns.timestampsMs[row] - columns.timestampsMs[first]
        return pace.dueSeconds(row: row - first, eventMs: eventMs)
    }

    /// `false` where the row is left out.
    private mutating func send(_ row: Int) throws(Trouble) -> Bool {
        guard let topic = columns.action(row) == .rating ? topic : feedbackTopic else {
            feedbackLeftOut += 1
            return false
        }
        text.write(row, of: columns, users: users, items: items)
        try Self.send(text, key: columns.users[row], of: keys, to: topic, &producer)
        return true
    }

    private static func send(
        _ text: borrowing EventText, key: UInt32, of keys: borrowing IDTexts, to topic: String,
        _ producer: inout EventProducer
    ) throws(Trouble) {
        try keys.withBytes(of: key) { key throws(Trouble) in
            try text.bytes.span.withUnsafeBytes { value throws(Trouble) in
                try producer.send(topic: topic, key: key, value: value)
            }
        }
    }
}
