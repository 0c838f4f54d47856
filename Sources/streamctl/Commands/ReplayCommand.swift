import RatingFiles
import Settings
import Telemetry

/// `streamctl replay`: rating files into Kafka.
enum ReplayCommand {
    static let files = Parameter<[String]>.operands(
        "FILE", atLeast: 1, as: .pathOrStandardInput,
        "Files of ratings or feedback, plain or .gz, recognised by header or shape; '-' is standard input.")
    static let brokers = CommonParameters.publishBrokers
    static let topic = Parameter<String?>.option(
        "topic", "NAME", as: .topic, "Publish to this topic instead of the ratings topic in the settings.")
    static let rate = Parameter<Double?>.option(
        "rate", "N/s", as: .perSecond, "Publish at most N ratings a second. Without it: as fast as it goes.")
    static let speed = Parameter<Double?>.option(
        "speed", "Nx", as: .speed, "Publish N times as fast as the ratings were made; not with --rate.")
    static let limit = Parameter<Int?>.option("limit", "N", as: .count, "Publish only the first N ratings.")
    static let from = Parameter<Int64?>.option(
        "from", "TIME", as: .time, "Leave out ratings before this time.")
    static let to = Parameter<Int64?>.option("to", "TIME", as: .time, "Leave out ratings from this time on.")
    static let dryRun = CommonParameters.publishDryRun

    static let command = Command(
        name: "replay",
        summary: "Publish files of ratings and feedback to Kafka in the order of time",
        discussion: [
            """
            Reads MovieLens (ratings.csv, u.data, ratings.dat), Book-Crossing and plain user,item,rating,timestamp \
            files, sorts them by time and publishes them keyed by user. A bad row never stops the file: it is \
            counted and reported. A date is midnight UTC.
            """,
            FeedbackParameters.about,
        ],
        parameters: [
            files, CommonParameters.config, CommonParameters.set, FeedbackParameters.action, brokers, topic,
            rate, speed, limit, from,
            to,
            dryRun, CommonParameters.json,
        ],
        exclusive: [rate.form, speed.form],
        examples: [
            .init(purpose: "Publish MovieLens as fast as it goes", line: "streamctl replay ratings.csv"),
            .init(
                purpose: "From one week on, at a hundred times its speed",
                line: "streamctl replay ratings.csv.gz --from 2018-09-17 --speed 100x"),
            .init(
                purpose: "From another program, to another cluster",
                line: "zstdcat ratings.zst | streamctl replay - --brokers kafka-1:9092"),
        ],
        failsWhen: "a file could not be read, or not everything could be published",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    /// Reads every file before the first row is sent: one that cannot be read leaves nothing half done.
    static func run(
        _ arguments: Arguments, console: Console = .standard, shouldStop: (() -> Bool)? = nil
    ) throws(CommandFailure) -> ExitCode {
        let (from, to) = (arguments[from] ?? .min, arguments[to] ?? .max)
        guard from < to else {
            throw CommandFailure(
                .wrongUsage, "'--from' must be before '--to'. See 'streamctl replay --help'.")
        }
        let kafka = try SettingsFile.load(
            arguments,
            overrides: [
                .init(option: "--brokers", key: "kafka.brokers", value: arguments[brokers]),
                .init(option: "--topic", key: "kafka.topics.ratings", value: arguments[topic]),
            ], console: console
        ).settings.kafka
        let reading = try RatingReading(
            arguments[files], actions: FeedbackParameters.names(arguments), times: from..<to, console: console
        )
        let rows = 0..<min(arguments[limit] ?? .max, reading.table.columns.count)
        var report = ReplayReport(
            files: reading.files, topic: kafka.topics.ratings, feedbackTopic: kafka.topics.feedback,
            brokers: kafka.brokers, rows: rows.count, feedback: reading.feedback(in: rows))
        if !arguments[dryRun] {
            let replay = Replay(
                reading: reading, rows: rows, pace: pace(arguments), kafka: kafka, console: console)
            if let shouldStop {
                report.outcome = try replay.publish(shouldStop: shouldStop)
            } else {
                let interrupt = Interrupt()
                report.outcome = try replay.publish { interrupt.isRaised }
            }
        }
        console.output.write(arguments[CommonParameters.json] ? "\(report.json)\n" : report.text)
        if let failure = report.failure(of: reading) { throw failure }
        return .done
    }

    private static func pace(_ arguments: Arguments) -> Pace {
        if let perSecond = arguments[rate] { return .rate(perSecond) }
        if let factor = arguments[speed] { return .speed(factor) }
        return .fast
    }
}
