import KafkaLog
import Settings
import Telemetry

/// `streamctl run`: the main job.
enum RunCommand {
    static let offset = Parameter<StartOffset?>.option(
        "offset", "WHERE", as: .startOffset,
        """
        Where partitions begin that the state knows nothing of: earliest, latest, ts=TIME or last=DURATION. \
        Without it: at the earliest record.
        """)

    static let command = Command(
        name: "run",
        summary: "Learn from Kafka and keep the lists in Redis fresh",
        discussion: [
            """
            Consumes ratings and feedback with a consumer group, learns from each event and writes the lists of \
            the users it touches. SIGINT or SIGTERM stops it in order: no more is read, pending lists are \
            written, the state is kept, offsets are stored. A second signal ends it at once.
            """,
            """
            What was learned is kept in state.folder, with the place in the log that it was learned up to. A start \
            goes on from there, whatever ended the run before.
            """,
        ],
        parameters: [CommonParameters.config, CommonParameters.set, offset, CommonParameters.json],
        examples: [
            .init(purpose: "Run with a settings file", line: "streamctl run -c config/freshet.yaml"),
            .init(
                purpose: "Learn the last week anew, beside what is known",
                line: "streamctl run --set state.folder=week --offset last=7d"),
            .init(
                purpose: "Try another setting",
                line: "streamctl run -c config/freshet.yaml --set log.level=debug"),
        ],
        failsWhen: "it stopped because of something that only a person can mend",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    static func run(
        _ arguments: Arguments, console: Console = .standard, shouldStop: (() -> Bool)? = nil
    ) throws(CommandFailure) -> ExitCode {
        let settings = try SettingsFile.load(arguments, console: console).settings
        let logger = Logger(settings.log, to: console)
        let service = Service(wiring: Wiring(settings: settings), logger: logger)
        // What the group has stored is for lag charts.
        let start = StartPosition(arguments[offset], nowMs: Clock.nowMs())
        let summary: ServiceSummary
        if let shouldStop {
            summary = try service.run(from: start, shouldStop: shouldStop)
        } else {
            let interrupt = Interrupt()
            summary = try service.run(from: start) { interrupt.isRaised }
        }
        console.output.print(arguments[CommonParameters.json] ? "\(summary.json)" : summary.text)
        if let failure = summary.failure { throw failure }
        return summary.isComplete ? .done : .failed
    }
}
