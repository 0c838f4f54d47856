import KafkaLog
import Pipeline
import Settings
import Telemetry

/// One reading of the dead letters' topic: the letters of a choice, one by one, with progress on the diagnostics.
struct LetterScan {
    var kafka: KafkaSettings
    var choice: LetterChoice
    var start: LetterStart
    var console: Console
    /// How long Kafka may take to answer at all.
    var answerMsMax: Int32 = 5_000
    /// Without a letter for so long, the reading is given up.
    var patienceSeconds = 30.0

    init(kafka: KafkaSettings, choice: LetterChoice, console: Console) {
        (self.kafka, self.choice, self.console) = (kafka, choice, console)
        start = choice.start
    }

    /// How a reading ended.
    struct Outcome: Equatable, Sendable {
        /// Letters that were looked at, chosen or not.
        var read = 0
        var wasInterrupted = false
        /// Why it came to no end.
        private(set) var trouble: Trouble?

        /// Keeps the first trouble, which has caused the others.
        mutating func note(_ trouble: Trouble?) {
            self.trouble = self.trouble ?? trouble
        }

        /// Throws where not every letter was looked at: what was counted would be wrong.
        func check() throws(CommandFailure) {
            if let trouble { throw CommandFailure(.failed, printable(trouble.message)) }
            guard !wasInterrupted else {
                throw CommandFailure(
                    .failed, "it was interrupted after \(counted(read, "letter")). Run it again.")
            }
        }
    }

    /// Reads to where the topic ends now, or until `shouldStop`, which is asked often. Throws before the first letter
    /// or not at all: from then on the outcome says how it went.
    ///
    /// - Parameter take: gets each letter of the choice; within a partition in the order of the offsets.
    func read(
        shouldStop: () -> Bool, _ take: (borrowing KeptLetter) throws(Trouble) -> Void
    ) throws(CommandFailure) -> Outcome {
        let notices = KafkaNotices(console: console)
        var reader = try reader(notices)
        let stopwatch = Stopwatch()
        var meter = console.meter("reading", total: reader.total, at: stopwatch)
        var outcome = Outcome()
        var last = Stopwatch()
        while !reader.isDone, outcome.trouble == nil, !outcome.wasInterrupted {
            let before = outcome.read
            do throws(Trouble) {
                try reader.poll(limit: 1_000, timeoutMs: 100) { letter throws(Trouble) in
                    outcome.read += 1
                    if choice.contains(letter) { try take(letter) }
                }
            } catch {
                outcome.note(error)
            }
            notices.show(above: meter)
            meter.update(done: UInt64(outcome.read), nowNs: stopwatch.nanoseconds)
            if outcome.read > before { last = Stopwatch() }
            if last.seconds > patienceSeconds { outcome.note(silence(after: outcome.read)) }
            outcome.wasInterrupted = !reader.isDone && shouldStop()
        }
        meter.clear()
        return outcome
    }

    private func reader(_ notices: KafkaNotices) throws(CommandFailure) -> DeadLetterReader {
        do throws(KafkaError) {
            return try DeadLetterReader.open(
                KafkaConnection(kafka), topic: kafka.topics.deadLetters, group: kafka.group,
                partition: choice.partition, start: start, timeoutMs: answerMsMax
            ) { notices.take($0) }
        } catch {
            throw CommandFailure(error)
        }
    }

    private func silence(after count: Int) -> Trouble {
        Trouble(
            .tryAgain,
            "Kafka at \(kafka.brokers) said nothing for \(Int(patienceSeconds)) s, after "
                + "\(counted(count, "letter")). Check it with 'streamctl doctor', then try again.")
    }
}
