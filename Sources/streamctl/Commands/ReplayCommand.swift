/// `streamctl replay`: rating files into Kafka.
enum ReplayCommand {
    static let files = Parameter<[String]>.operands(
        "FILE", atLeast: 1, as: .pathOrStandardInput,
        "Rating files, plain or .gz, recognised by header or shape; '-' is standard input.")
    static let brokers = Parameter<String?>.option(
        "brokers", "HOST:PORT", as: .brokers, "Publish to these brokers instead of those in the settings.")
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
    static let dryRun = Parameter<Bool>.flag(
        "dry-run", "Read and check the files, say what would be published, and publish nothing.")

    static let command = Command(
        name: "replay",
        summary: "Publish rating files to Kafka in the order of time",
        discussion: [
            """
            Reads MovieLens (ratings.csv, u.data, ratings.dat), Book-Crossing and plain user,item,rating,timestamp \
            files, sorts them by time and publishes them keyed by user. A bad row never stops the file: it is \
            counted and reported. A date is midnight UTC.
            """
        ],
        parameters: [
            files, CommonParameters.config, CommonParameters.set, brokers, topic, rate, speed, limit, from,
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
        failsWhen: "a file could not be read, or not everything could be published")
}
