import KafkaLog
import Pipeline
import Telemetry

/// What sending dead letters back came to.
struct LetterReturnReport: Sendable {
    let deadLetters: String
    let isDryRun: Bool
    /// When the reading began, in epoch milliseconds.
    let beganMs: Int64
    let attemptsMax: Int
    private let outcome: LetterScan.Outcome
    private let sent: [(topic: String, count: Int)]
    private let leftOut: [(reason: LetterReturn.Reason, count: Int)]
    private let topicsLeftOut: [String]
    private let tally: EventProducer.Tally

    init(
        _ back: borrowing LetterReturn, of outcome: LetterScan.Outcome, deadLetters: String, isDryRun: Bool,
        beganMs: Int64, attemptsMax: Int
    ) {
        (self.deadLetters, self.isDryRun, self.outcome) = (deadLetters, isDryRun, outcome)
        (self.beganMs, self.attemptsMax) = (beganMs, attemptsMax)
        sent = back.sent.map { (topic: $0.key, count: $0.value) }.sorted { $0.topic < $1.topic }
        let counts = back.leftOut
        leftOut = LetterReturn.Reason.allCases.compactMap { reason in
            counts[reason].map { (reason: reason, count: $0) }
        }
        topicsLeftOut = back.topicsLeftOut.sorted()
        tally = back.tally
    }

    var sentCount: Int { sent.reduce(0) { $0 + $1.count } }
    private var leftOutCount: Int { leftOut.reduce(0) { $0 + $1.count } }

    /// What to say when not every letter is where it should be.
    var failure: CommandFailure? {
        let again = "then send them again; what arrives twice counts as duplicate."
        if let trouble = outcome.trouble { return CommandFailure(.failed, printable(trouble.message)) }
        if !isDryRun, tally.delivered < sentCount {
            let reason = tally.firstFailure ?? "Kafka did not confirm them in time"
            return CommandFailure(
                .failed,
                "\(counted(sentCount - tally.delivered, "letter")) did not arrive: \(printable(reason)). Check "
                    + "Kafka with 'streamctl doctor', \(again)")
        }
        guard outcome.wasInterrupted else { return nil }
        return CommandFailure(
            .failed,
            "it was interrupted: not every letter was looked at. Choose those that are left, \(again)")
    }

    var text: String {
        var lines = [
            "\(deadLetters): \(counted(outcome.read, "letter")) read, "
                + "\(grouped(UInt64(sentCount + leftOutCount))) chosen"
        ]
        let verb = isDryRun ? "would go back" : "sent back"
        for (topic, count) in sent { lines.append("  \(counted(count, "letter")) \(verb) to \(topic)") }
        for (reason, count) in leftOut {
            lines.append("  \(counted(count, "letter")) left out: \(explanation(of: reason))")
        }
        if !isDryRun, sentCount > 0 {
            lines.append(
                "The letters stay in \(deadLetters). Those that come from now on: "
                    + "'--from \(RFC3339.text(epochMs: beganMs))'.")
        }
        return lines.map { "\(printable($0))\n" }.joined()
    }

    var json: JSON {
        [
            "topic": .text(deadLetters), "read": .whole(outcome.read),
            "chosen": .whole(sentCount + leftOutCount),
            "dry_run": .flag(isDryRun), "interrupted": .flag(outcome.wasInterrupted),
            "sent": .list(sent.map { ["topic": .text($0.topic), "count": .whole($0.count)] }),
            "left_out": .list(
                leftOut.map { ["reason": .text($0.reason.rawValue), "count": .whole($0.count)] }),
            "topics_left_out": .list(topicsLeftOut.map(JSON.text)),
            "delivered": .whole(tally.delivered), "first_failure": .text(orNull: tally.firstFailure),
            "began": .moment(beganMs),
        ]
    }

    private func explanation(of reason: LetterReturn.Reason) -> String {
        switch reason {
        case .attempts:
            "tried \(attemptsMax == 1 ? "once" : "\(attemptsMax) times") or more, see --attempts-max"
        case .twice: "of records of which another letter goes back"
        case .again: "sent back before and refused again; the newer letter counts"
        case .topic: "from topics that are not ours, see --allow-topic\(named)"
        case .missing: "from topics that do not exist any more\(named)"
        case .unknownSource: "their headers do not say where they came from"
        }
    }

    private var named: String { " (\(topicsLeftOut.joined(separator: ", ")))" }
}
