/// `streamctl run`: the main job.
enum RunCommand {
    static let offset = Parameter<StartOffset?>.option(
        "offset", "WHERE", as: .startOffset,
        """
        Begin at earliest, latest, ts=TIME or last=DURATION. Without it: where the consumer group stopped, or at \
        the earliest record.
        """)

    static let command = Command(
        name: "run",
        summary: "Learn from Kafka and keep the lists in Redis fresh",
        discussion: [
            """
            Consumes ratings and feedback with a consumer group, learns from each event and writes the lists of \
            the users it touches. SIGINT or SIGTERM stops it in order: no more is read, pending lists are \
            written, offsets are stored. A second signal ends it at once.
            """
        ],
        parameters: [CommonParameters.config, CommonParameters.set, offset],
        examples: [
            .init(purpose: "Run with a settings file", line: "streamctl run -c config/freshet.yaml"),
            .init(
                purpose: "Learn the last week anew",
                line: "streamctl run -c config/freshet.yaml --offset last=7d"),
            .init(
                purpose: "Try another setting",
                line: "streamctl run -c config/freshet.yaml --set log.level=debug"),
        ],
        failsWhen: "it stopped because of something that only a person can mend")
}
