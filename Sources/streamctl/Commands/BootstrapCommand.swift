import KafkaLog
import Model
import Settings
import Telemetry

/// `streamctl bootstrap`: a start from rating files, without sending them through Kafka.
enum BootstrapCommand {
    static let files = Parameter<[String]>.operands(
        "FILE", atLeast: 1, as: .pathOrStandardInput,
        "Files of ratings or feedback, plain or .gz, recognised by header or shape; '-' is standard input.")
    static let epochs = Parameter<Int?>.option(
        "epochs", "N", as: .number(in: 0...1_000),
        """
        Learn the ratings N times more after the first. Without it: 20 times; with --until-converged at most 100.
        """)
    static let untilConverged = Parameter<Bool>.flag(
        "until-converged",
        "As many epochs as make ratings that are held out better predicted, found out beforehand.")
    static let seed = Parameter<Int?>.option(
        "seed", "N", as: .number(in: 0...4_294_967_295),
        "Feeds the order of the epochs. Without it: model.seed.")
    static let threads = Parameter<Int?>.option(
        "threads", "N", as: .number(in: 1...1_024),
        "Use N threads; what is learned does not depend on it. Without it: one for each core.")
    static let offset = Parameter<StartOffset?>.option(
        "offset", "WHERE", as: .startOffset,
        """
        Where in the log 'run' goes on: earliest, latest, ts=TIME or last=DURATION. Without it: latest, that is \
        behind what the log holds now.
        """)
    static let force = Parameter<Bool>.flag(
        "force", "Put the new state in the place of one that holds something.")
    static let noLists = Parameter<Bool>.flag("no-lists", "Leave writing the lists to 'streamctl run'.")
    static let dryRun = Parameter<Bool>.flag(
        "dry-run", "Read the files and see how well they can be learned; needs no servers, writes nothing.")

    static let command = Command(
        name: "bootstrap",
        summary: "Learn rating files in batch, and start from there",
        discussion: [
            """
            Learns the files as 'run' would learn them from Kafka, in the order of time, then all ratings again in \
            epochs, on all cores. Then the state is put into state.folder in one step, with the offsets at which \
            'run' goes on, and the lists are written. Ended before that, it leaves everything as it was.
            """,
            """
            What stands in the log before these offsets is taken to be in the files. Beside it, some ratings are \
            held out, to show how well each epoch predicts them: the curve goes to standard error.
            """,
            FeedbackParameters.about,
        ],
        parameters: [
            files, CommonParameters.config, CommonParameters.set, FeedbackParameters.action, epochs,
            untilConverged, seed, threads,
            offset,
            force, noLists, dryRun, CommonParameters.json,
        ],
        exclusive: [dryRun.form, force.form],
        examples: [
            .init(
                purpose: "Start from a year of ratings",
                line: "streamctl bootstrap ratings.csv.gz -c config/freshet.yaml"
            ),
            .init(
                purpose: "The log holds a part of them, and more",
                line: "streamctl bootstrap ratings.csv --offset earliest"),
            .init(
                purpose: "See how many epochs are worth it",
                line: "streamctl bootstrap ratings.csv --until-converged --dry-run"),
        ],
        failsWhen: "a file could not be read, Kafka does not answer, or something could not be written",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    static func run(
        _ arguments: Arguments, console: Console = .standard, listWriting: ListWriting = ListWriting(),
        shouldStop: (() -> Bool)? = nil
    ) throws(CommandFailure) -> ExitCode {
        let settings = try SettingsFile.load(arguments, console: console).settings
        let bootstrap = Bootstrap(
            wiring: Wiring(settings: settings), plan: plan(arguments), console: console,
            listWriting: listWriting)
        let report: BootstrapReport
        if let shouldStop {
            report = try bootstrap.run(arguments[files], shouldStop: shouldStop)
        } else {
            let interrupt = Interrupt()
            report = try bootstrap.run(arguments[files]) { interrupt.isRaised }
        }
        console.output.write(arguments[CommonParameters.json] ? "\(report.json)\n" : report.text)
        if let failure = report.failure { throw failure }
        return .done
    }

    private static func plan(_ arguments: Arguments) -> BootstrapPlan {
        var plan = BootstrapPlan()
        plan.endsWhenConverged = arguments[untilConverged]
        plan.epochs = arguments[epochs] ?? (plan.endsWhenConverged ? 100 : plan.epochs)
        plan.actions = FeedbackParameters.names(arguments)
        plan.seed = arguments[seed].map { UInt64($0) }
        if let threads = arguments[threads] { plan.threads = threads }
        plan.start = StartPosition(arguments[offset], nowMs: Clock.nowMs()) ?? plan.start
        plan.replaces = arguments[force]
        plan.writesLists = !arguments[noLists]
        plan.isDryRun = arguments[dryRun]
        return plan
    }
}
