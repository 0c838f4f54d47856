import KafkaLog
import Pipeline
import Settings

/// `streamctl dlq list`, `dlq show` and `dlq replay`: the dead letters, counted, looked at and sent back.
enum DLQCommand {
    static let offset = Parameter<StartOffset?>.option(
        "offset", "WHERE", as: .startOffset,
        "Begin at earliest, latest, ts=TIME or last=DURATION. Without it: at the earliest letter.")
    static let count = Parameter<Int>.option(
        "count", short: "n", "N", as: .number(in: 1...1000), default: "10", "Show the newest N letters.")
    static let bytes = Parameter<Int>.option(
        "bytes", "N", as: .number(in: 0...1_048_576), default: "2048", "Show at most N bytes of a value.")
    static let attemptsMax = Parameter<Int>.option(
        "attempts-max", "N", as: .number(in: 1...1000), default: "3",
        "Leave out what was tried N times already; what was never sent back was tried once.")
    static let allowTopic = Parameter<[String]>.repeated(
        "allow-topic", "NAME", as: .topic,
        "Also send to this topic, which is none of those in the settings.")
    static let dryRun = Parameter<Bool>.flag("dry-run", "Say what would be sent, and send nothing.")

    private static let common: [any DeclaredParameter] = [CommonParameters.config, CommonParameters.set]

    static let list = Command(
        name: "list",
        summary: "Count the dead letters by the rule that refused them",
        discussion: ["Reads the whole topic, without a consumer group, and stores nothing."],
        parameters: common + LetterChoice.parameters + [offset, CommonParameters.json],
        exclusive: [offset.form, LetterChoice.from.form],
        examples: [
            .init(purpose: "What was ever refused", line: "streamctl dlq list -c config/freshet.yaml"),
            .init(purpose: "What was refused today", line: "streamctl dlq list --offset last=24h"),
        ],
        failsWhen: "Kafka did not answer, or has no such topic",
        body: { (arguments) throws(CommandFailure) in try runList(arguments) })

    static let show = Command(
        name: "show",
        summary: "Show dead letters: why they were refused, and what they hold",
        discussion: [
            """
            The newest of the choice, oldest first. Control characters are spelled out; what is not text is shown \
            in hexadecimal.
            """
        ],
        parameters: common + LetterChoice.parameters + [count, bytes, CommonParameters.json],
        examples: [
            .init(purpose: "The last ones of a rule", line: "streamctl dlq show --rule invalid-json -n 3"),
            .init(
                purpose: "One letter whole", line: "streamctl dlq show --partition 0 --at 17 --bytes 1048576"),
        ],
        failsWhen: "Kafka did not answer, or has no such topic",
        body: { (arguments) throws(CommandFailure) in try runShow(arguments) })

    static let replay = Command(
        name: "replay",
        summary: "Send dead letters back to the topics they came from",
        discussion: [
            """
            Key, value and headers go back as they came. Headers say which try it is and of which letter, so that \
            nothing goes round for ever: of a record that was refused again only the newest letter counts. Use it \
            after what refused the letters was mended. What is further behind the stream than \
            window.lateness_seconds will count as late.
            """
        ],
        parameters: common + LetterChoice.parameters + [
            attemptsMax, allowTopic, dryRun, CommonParameters.json,
        ],
        examples: [
            .init(
                purpose: "See what would go back",
                line: "streamctl dlq replay --rule rating-out-of-range --dry-run"),
            .init(
                purpose: "Send back what was refused on one day",
                line: "streamctl dlq replay --from 2026-09-17 --to 2026-09-18"),
            .init(
                purpose: "Send back a few letters",
                line: "streamctl dlq replay --partition 0 --at 120-180"),
        ],
        failsWhen: "Kafka did not answer, or not every letter that was to be sent arrived",
        body: { (arguments) throws(CommandFailure) in try runReplay(arguments) })

    static let command = Command(
        name: "dlq",
        summary: "Count, show and send back what was refused",
        subcommands: [list, show, replay])

    static func runList(
        _ arguments: Arguments, console: Console = .standard, shouldStop: (() -> Bool)? = nil
    ) throws(CommandFailure) -> ExitCode {
        var choice = try LetterChoice(arguments, command: "dlq list")
        let kafka = try SettingsFile.load(arguments, console: console).settings.kafka
        var scan = LetterScan(kafka: kafka, choice: choice, console: console)
        if let offset = arguments[offset] { scan.start = choice.begin(at: offset, nowMs: Clock.nowMs()) }
        scan.choice = choice
        var counts = LetterCounts()
        let outcome = try interruptible(shouldStop) { shouldStop throws(CommandFailure) in
            try scan.read(shouldStop: shouldStop) { letter in counts.add(letter) }
        }
        try outcome.check()
        let topic = kafka.topics.deadLetters
        console.output.write(
            arguments[CommonParameters.json]
                ? "\(counts.json(topic: topic))\n" : counts.text(topic: topic, nowMs: Clock.nowMs()))
        return .done
    }

    static func runShow(
        _ arguments: Arguments, console: Console = .standard, shouldStop: (() -> Bool)? = nil
    ) throws(CommandFailure) -> ExitCode {
        let choice = try LetterChoice(arguments, command: "dlq show")
        let kafka = try SettingsFile.load(arguments, console: console).settings.kafka
        let scan = LetterScan(kafka: kafka, choice: choice, console: console)
        let bytesMax = arguments[bytes]
        var newest = NewestLetters(limit: arguments[count])
        let outcome = try interruptible(shouldStop) { shouldStop throws(CommandFailure) in
            try scan.read(shouldStop: shouldStop) { letter in newest.add(letter, bytesMax: bytesMax) }
        }
        try outcome.check()
        let topic = kafka.topics.deadLetters
        console.output.write(
            arguments[CommonParameters.json]
                ? "\(newest.json(topic: topic))\n" : newest.text(topic: topic, nowMs: Clock.nowMs()))
        return .done
    }

    static func runReplay(
        _ arguments: Arguments, console: Console = .standard, shouldStop: (() -> Bool)? = nil
    ) throws(CommandFailure) -> ExitCode {
        let choice = try LetterChoice(arguments, command: "dlq replay")
        let kafka = try SettingsFile.load(arguments, console: console).settings.kafka
        guard !arguments[allowTopic].contains(kafka.topics.deadLetters) else {
            throw CommandFailure(
                .wrongUsage,
                "'--allow-topic' cannot be the topic of the dead letters itself: they would go round for ever. "
                    + "See 'streamctl dlq replay --help'.")
        }
        let notices = KafkaNotices(console: console)
        var back = try LetterReturn.open(
            kafka, allowing: arguments[allowTopic], attemptsMax: arguments[attemptsMax],
            isDryRun: arguments[dryRun], notices)
        let scan = LetterScan(kafka: kafka, choice: choice, console: console)
        let beganMs = Clock.nowMs()
        let outcome = try interruptible(shouldStop) { shouldStop throws(CommandFailure) in
            let survey = LetterScan(kafka: kafka, choice: .all, console: console)
            try survey.read(shouldStop: shouldStop) { letter in back.survey(letter) }.check()
            var outcome = try scan.read(shouldStop: shouldStop) { letter throws(Trouble) in
                try back.take(letter, shouldStop: shouldStop)
            }
            outcome.note(back.settle(shouldStop: shouldStop))
            return outcome
        }
        notices.show()
        let report = LetterReturnReport(
            back, of: outcome, deadLetters: kafka.topics.deadLetters, isDryRun: arguments[dryRun],
            beganMs: beganMs, attemptsMax: arguments[attemptsMax])
        console.output.write(arguments[CommonParameters.json] ? "\(report.json)\n" : report.text)
        if let failure = report.failure { throw failure }
        return .done
    }

    /// Runs a body that asks often whether to stop; without an answer of the caller's, a signal is one.
    private static func interruptible<Outcome>(
        _ shouldStop: (() -> Bool)?, _ body: (() -> Bool) throws(CommandFailure) -> Outcome
    ) throws(CommandFailure) -> Outcome {
        if let shouldStop { return try body(shouldStop) }
        let interrupt = Interrupt()
        return try body { interrupt.isRaised }
    }
}
