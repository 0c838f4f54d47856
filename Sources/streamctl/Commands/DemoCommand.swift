import Events
import RatingFiles
import Telemetry

/// `streamctl demo`: the whole way on real ratings, with servers of its own.
enum DemoCommand {
    static let file = Parameter<String>.option(
        "file", "FILE", as: .path, default: "Tests/Data/ml-latest-small/ratings.csv",
        "Ratings to stream, in any format that 'replay' reads.")
    static let catalog = Parameter<String?>.option(
        "catalog", "FILE", as: .path,
        "Titles and genres, as in MovieLens' movies.csv. Without it: movies.csv beside the ratings, if these are MovieLens' ratings.csv."
    )
    static let limit = Parameter<Int?>.option("limit", "N", as: .count, "Stream only the first N ratings.")
    static let rate = Parameter<Double?>.option(
        "rate", "N/s", as: .perSecond, "Publish at most N ratings a second. Without it: as fast as it goes.")
    static let partitions = Parameter<Int>.option(
        "partitions", "N", as: .number(in: 1...64), default: "4", "Partitions of the topics.")
    static let keep = Parameter<Bool>.flag(
        "keep", "Leave Redis running, and say how to read a list from it and how to stop it.")

    static let command = Command(
        name: "demo",
        summary: "Stream real ratings through an embedded Kafka into a private Redis",
        discussion: [
            """
            Starts an embedded broker and a Redis server of its own, streams ratings through them in the order of \
            time, learns from each, and shows how many were learned, how fast, how well, and what three users are \
            recommended. Needs no servers and leaves none behind.
            """
        ],
        parameters: [file, catalog, limit, rate, partitions, keep, CommonParameters.json],
        examples: [
            .init(purpose: "See it work", line: "streamctl demo"),
            .init(purpose: "Look at the lists afterwards", line: "streamctl demo --keep"),
            .init(purpose: "Keep to 5,000 ratings a second", line: "streamctl demo --rate 5k/s"),
        ],
        failsWhen: "a server did not start, or the sums do not hold",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    static func run(_ arguments: Arguments, console: Console = .standard) throws(CommandFailure) -> ExitCode {
        let plan = try plan(arguments)
        let stopwatch = Stopwatch()
        var meter = console.meter("streaming", total: UInt64(plan.count), at: stopwatch)
        let interrupt = Interrupt()
        let demo = Demo(
            plan: plan, partitions: arguments[partitions], keepsRedis: arguments[keep],
            logger: Logger(level: .warning, nowMs: { Clock.nowMs() }))
        let (report, showcase) = try demo.run(shouldStop: { interrupt.isRaised }) {
            meter.update(done: UInt64($0), nowNs: stopwatch.nanoseconds)
        }
        meter.finish(done: UInt64(plan.count), nowNs: stopwatch.nanoseconds)
        if arguments[CommonParameters.json] {
            console.output.print(report.json)
        } else {
            console.output.print("\n\(report.text)\n\n\(showcase)")
            if let advice = report.keepAdvice { console.output.print("\n\(advice)") }
        }
        guard report.failures.isEmpty else {
            throw CommandFailure(
                .failed, report.failures.joined(separator: "; ") + ". This is a defect: please report it.")
        }
        return .done
    }

    /// Reads the files: all of them, before any server is started.
    private static func plan(_ arguments: Arguments) throws(CommandFailure) -> DemoPlan {
        let path = arguments[file]
        do throws(RatingFileError) {
            var table = RatingTable()
            let ratings = try RatingFileReader().read(path, into: &table)
            table.sortByTime()
            return DemoPlan(
                table: table, catalog: try CatalogFile(arguments[catalog], beside: ratings).items,
                limit: arguments[limit], rate: arguments[rate])
        } catch {
            throw CommandFailure(.failed, "\(error).")
        }
    }
}
