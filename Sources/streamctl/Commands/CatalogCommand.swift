import RatingFiles
import Settings

/// `streamctl catalog import`: what items are, into Kafka.
enum CatalogCommand {
    static let files = Parameter<[String]>.operands(
        "FILE", atLeast: 1, as: .pathOrStandardInput,
        "Files that describe items, plain or .gz, recognised by header or shape; '-' is standard input.")
    static let brokers = CommonParameters.publishBrokers
    static let topic = Parameter<String?>.option(
        "topic", "NAME", as: .topic, "Publish to this topic instead of the catalog topic in the settings.")
    static let dryRun = CommonParameters.publishDryRun

    static let importing = Command(
        name: "import",
        summary: "Publish titles, genres and years of items to Kafka",
        discussion: [
            """
            Reads MovieLens (movies.csv, movies.dat, u.item) and RecBole .item files and publishes one catalog \
            event per item, keyed by item. Items are recommended by their genres, decade and people before anyone \
            acted on them. A later description replaces an earlier one whole, so the files may be imported again.
            """
        ],
        parameters: [
            files, CommonParameters.config, CommonParameters.set, brokers, topic, dryRun,
            CommonParameters.json,
        ],
        examples: [
            .init(purpose: "Tell what MovieLens' films are", line: "streamctl catalog import movies.csv"),
            .init(
                purpose: "Look at a file without publishing it",
                line: "streamctl catalog import u.item --dry-run"),
        ],
        failsWhen: "a file could not be read, or not everything could be published",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    static let command = Command(
        name: "catalog", summary: "Tell what items are", subcommands: [importing])

    /// Reads every file before the first item is sent: one that cannot be read leaves nothing half done.
    static func run(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let kafka = try SettingsFile.load(
            arguments,
            overrides: [
                .init(option: "--brokers", key: "kafka.brokers", value: arguments[brokers]),
                .init(option: "--topic", key: "kafka.topics.catalog", value: arguments[topic]),
            ], console: console
        ).settings.kafka
        var report = CatalogReport(
            files: try console.readEach(arguments[files], MovieCatalogReader.read),
            topic: kafka.topics.catalog,
            brokers: kafka.brokers)
        if !arguments[dryRun] {
            let interrupt = Interrupt()
            report.outcome = try CatalogImport(items: report.items, kafka: kafka, console: console)
                .publish { interrupt.isRaised }
        }
        console.output.write(arguments[CommonParameters.json] ? "\(report.json)\n" : report.text)
        if let failure = report.failure { throw failure }
        return .done
    }
}
