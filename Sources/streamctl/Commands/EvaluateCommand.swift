import Evaluation
import Events
import RatingFiles
import Settings

/// `streamctl evaluate`: how good the model is on rating files.
enum EvaluateCommand {
    static let files = Parameter<[String]>.operands(
        "FILE", atLeast: 1, as: .pathOrStandardInput,
        "Files of ratings or feedback, plain or .gz, recognised by header or shape; '-' is standard input.")
    static let catalog = Parameter<String?>.option(
        "catalog", "FILE", as: .path,
        "Titles and genres, as in MovieLens' movies.csv. Without it: movies.csv beside the first file, if that is MovieLens' ratings.csv."
    )
    static let noCatalog = Parameter<Bool>.flag("no-catalog", "Learn from ratings alone.")
    static let limit = Parameter<Int?>.option("limit", "N", as: .count, "Take only the first N ratings.")
    static let split = Parameter<Split?>.option(
        "split", "PROTOCOL", as: .split,
        "Learn one part, then judge the rest by a model that learns no more: temporal=0.8, random=0.8,seed=42, per-user=0.8 or leave-last-out."
    )
    static let epochs = Parameter<Int?>.option(
        "epochs", "N", as: .number(in: 1...1_000),
        "Go over the ratings of the learned part N times; with --split. Without it: once.")
    static let judgeEvery = Parameter<Int>.option(
        "judge-every", "N", as: .count, default: "1",
        "Make lists for every N-th positive only: each costs a ranking of all items.")
    static let dump = Parameter<String?>.option(
        "dump", "FILE", as: .path,
        "Write what was expected of each event before it was learned, one CSV row per event.")
    static let plots = Parameter<String?>.option(
        "plots", "DIR", as: .folder,
        "Draw the learning curve and the calibration there, as SVG; wants gnuplot.")

    static let command = Command(
        name: "evaluate",
        summary: "Measure how good the model is on files of ratings or feedback",
        discussion: [
            """
            Sorts the rows by time and gives each to the same core that 'run' has: first it is predicted, and \
            its item looked up in the user's list, then it is learned. Reports the whole stream and its last \
            fifth, for the model and for what it has to beat: the mean, biases, popularity. Needs no servers.
            """,
            """
            HR, NDCG and the like judge positives (rated 4 or more, bought, liked, played or clicked) of users with an \
            earlier positive, among all items seen so far that the user has not acted on. docs/evaluate.md defines \
            every figure.
            """,
            FeedbackParameters.about + " Here rows of user, item and time alone are clicks.",
        ],
        parameters: [
            files, CommonParameters.config, CommonParameters.set, FeedbackParameters.action, catalog,
            noCatalog, limit, split, epochs,
            judgeEvery, RankingParameters.algorithm, RankingParameters.diversity, dump, plots,
            CommonParameters.json,
        ],
        exclusive: [catalog.form, noCatalog.form],
        examples: [
            .init(purpose: "Judge it on MovieLens", line: "streamctl evaluate ratings.csv"),
            .init(
                purpose: "Keep what was expected, to work the figures out again",
                line: "streamctl evaluate ratings.csv --json --dump expected.csv"),
            .init(
                purpose: "By a classic protocol",
                line: "streamctl evaluate u.data --split random=0.8,seed=42 --epochs 20"),
            .init(
                purpose: "On the views and orders of a shop, by its own names",
                line: "streamctl evaluate events.csv --action order=purchase"),
            .init(
                purpose: "What diversity gives, and what it costs in hits",
                line: "streamctl evaluate ratings.csv --diversity 0.3"),
        ],
        failsWhen: "a file could not be read, or there was nothing to learn",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    static func run(
        _ arguments: Arguments, console: Console = .standard, shouldStop: (() -> Bool)? = nil
    ) throws(CommandFailure) -> ExitCode {
        guard arguments[epochs] == nil || arguments[split] != nil else {
            throw CommandFailure(
                .wrongUsage,
                "'--epochs' goes with '--split': a stream passes but once. See 'streamctl evaluate --help'.")
        }
        let settings = try SettingsFile.load(
            arguments, overrides: RankingParameters.overrides(arguments), console: console
        ).settings
        let reading = try RatingReading(
            arguments[files], actions: FeedbackParameters.names(arguments, bare: .click), console: console)
        var run = EvaluationRun(
            reading: reading, catalog: try catalogFile(arguments, beside: reading.files.first),
            rows: min(arguments[limit] ?? .max, reading.table.columns.count),
            options: Wiring(settings: settings).core, judgedEvery: arguments[judgeEvery], console: console)
        guard run.rows > 0 else { throw run.nothingLeft() }
        let inputs =
            arguments[files] + [arguments[CommonParameters.config], run.catalog.path].compactMap(\.self)
        let dumpFile = try arguments[dump].map { (path) throws(CommandFailure) in
            try DumpFile(path, of: reading.table, sparing: inputs)
        }
        let plots = try arguments[plots].map { (folder) throws(CommandFailure) in
            try Plots(in: folder, sparing: inputs)
        }
        run.onExpectation = dumpFile.map { file in { file.add($0) } }
        let report: EvaluationReport
        if let shouldStop {
            report = try outcome(of: run, arguments, shouldStop: shouldStop)
        } else {
            let interrupt = Interrupt()
            report = try outcome(of: run, arguments) { interrupt.isRaised }
        }
        try dumpFile?.finish()
        try plots?.write(report)
        guard arguments[CommonParameters.json] else {
            console.output.print(report.text)
            return .done
        }
        console.output.print("\(report.json)")
        for warning in report.warnings { console.diagnostics.print(warning) }
        return .done
    }

    private static func outcome(
        of run: EvaluationRun, _ arguments: Arguments, shouldStop: () -> Bool
    ) throws(CommandFailure) -> EvaluationReport {
        guard let split = arguments[split] else { return try run.testThenLearn(shouldStop: shouldStop) }
        return try run.holdOut(split, epochs: arguments[epochs] ?? 1, shouldStop: shouldStop)
    }

    private static func catalogFile(
        _ arguments: Arguments, beside ratings: RatingFile?
    ) throws(CommandFailure) -> CatalogFile {
        guard !arguments[noCatalog], let ratings else { return .none }
        do throws(RatingFileError) {
            return try CatalogFile(arguments[catalog], beside: ratings)
        } catch {
            throw CommandFailure(.failed, "\(error).")
        }
    }
}
