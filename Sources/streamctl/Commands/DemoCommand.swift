/// `streamctl demo`: the whole way on real ratings, with servers of its own.
enum DemoCommand {
    static let file = Parameter<String>.option(
        "file", "FILE", as: .path, default: "Tests/Data/ml-latest-small/ratings.csv",
        "Ratings to stream, in any format that 'replay' reads.")
    static let catalog = Parameter<String?>.option(
        "catalog", "FILE", as: .path,
        "Titles and genres, as in MovieLens' movies.csv. Without it: movies.csv beside the ratings, if it is there."
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
        failsWhen: "a server did not start, or the sums do not hold")
}
