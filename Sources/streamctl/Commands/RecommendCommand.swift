import Events
import Ranking
import RedisLists
import Settings
import Telemetry

/// `streamctl recommend`: one user's list, as a front end finds it.
enum RecommendCommand {
    static let user = Parameter<String>.operand(
        "USER", as: .text("the id of a user"), "Whose list; write '--' before an id that begins with a dash.")
    static let count = Parameter<Int>.option(
        "count", short: "n", "N", as: .number(in: 1...1000), default: "10", "Show at most N items.")
    static let redis = Parameter<String?>.option(
        "redis", "URL", as: .redisURL, "Read from this Redis instead of the one in the settings.")
    static let titles = Parameter<String?>.option(
        "titles", "FILE", as: .path, "Show titles from this file, such as MovieLens' movies.csv.")

    static let explain = Parameter<Bool>.flag(
        "explain", "Show what each score is made of, and what was left out and why.")
    static let exclude = Parameter<[String]>.repeated(
        "exclude", "ID", as: .text("the id of an item"), "Leave out this item.")
    static let genre = Parameter<[String]>.repeated(
        "genre", "NAME", as: .text("a genre"), "Only items of this genre; of one of them if given again.")
    static let notGenre = Parameter<[String]>.repeated(
        "not-genre", "NAME", as: .text("a genre"), "No items of this genre.")
    static let command = Command(
        name: "recommend",
        summary: "Show a user's list as it is in Redis now, or as it could be",
        discussion: [
            """
            Without an option that asks for more, the list is the one that a front end finds in Redis. With \
            --algorithm, --explain, --exclude, --genre, --not-genre or --diversity it is worked out from the state \
            folder, as 'streamctl run' would make it now; nothing is written, and 'run' may be at work meanwhile. \
            The output says which of the two it is.
            """,
            "A user nobody knows yet is shown the popular list, and the output says so.",
        ],
        parameters: [
            user, count, RankingParameters.algorithm, explain, exclude, genre, notGenre,
            RankingParameters.diversity, titles,
            CommonParameters.config, CommonParameters.set, redis, CommonParameters.json,
        ],
        examples: [
            .init(purpose: "The ten best for user 42", line: "streamctl recommend 42"),
            .init(
                purpose: "The same with titles",
                line: "streamctl recommend 42 --titles ml-latest-small/movies.csv"),
            .init(
                purpose: "The best three as JSON, from a Redis elsewhere",
                line: "streamctl recommend 42 -n 3 --json --redis redis://cache:6379/0"),
            .init(
                purpose: "Why these, and why not others",
                line: "streamctl recommend 42 --explain"),
            .init(
                purpose: "By what the items are like, without two that were seen elsewhere",
                line: "streamctl recommend 42 --algorithm content --exclude 318 --exclude 296"),
        ],
        failsWhen: "Redis did not answer or holds no list that could be shown, or there is no state",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    static func run(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let settings = try SettingsFile.load(
            arguments,
            overrides: [.init(option: "--redis", key: "redis.url", value: arguments[redis])]
                + RankingParameters.overrides(arguments),
            console: console
        ).settings
        guard let user = Identifier(arguments[user]) else {
            throw CommandFailure(
                .wrongUsage,
                "USER is longer than \(Identifier.bytesMax) bytes, which no id is. "
                    + "See 'streamctl recommend --help'."
            )
        }
        let titles = try Titles(arguments[titles])
        console.output.write(
            asksForMore(arguments)
                ? try workedOut(for: user, arguments, settings, titles)
                : try found(for: user, arguments, settings, titles))
        return .done
    }

    /// Whether what is in Redis is not enough.
    private static func asksForMore(_ arguments: Arguments) -> Bool {
        arguments[explain] || RankingParameters.overrides(arguments).contains { $0.value != nil }
            || ![arguments[exclude], arguments[genre], arguments[notGenre]].allSatisfy(\.isEmpty)
    }

    private static func found(
        for user: Identifier, _ arguments: Arguments, _ settings: Settings, _ titles: Titles
    ) throws(CommandFailure) -> String {
        var recommendation = try Recommendation(
            of: user, from: RedisAddress(settings.redis.url),
            timeoutMs: Int32(clamping: settings.redis.timeoutMs))
        recommendation.cut(to: arguments[count])
        return arguments[CommonParameters.json]
            ? "\(recommendation.json)\n" : recommendation.text(titles, nowMs: Clock.nowMs())
    }

    private static func workedOut(
        for user: Identifier, _ arguments: Arguments, _ settings: Settings, _ titles: Titles
    ) throws(CommandFailure) -> String {
        var request = ListFilter()
        request.deny = Set(arguments[exclude].compactMap { Identifier($0) })
        request.allowGenres = Set(arguments[genre])
        request.denyGenres = Set(arguments[notGenre])
        let recommendation = try StateRecommendation(
            of: user, request: request, count: arguments[count], wiring: Wiring(settings: settings))
        let explains = arguments[explain]
        return arguments[CommonParameters.json]
            ? "\(recommendation.json(titles, explains: explains))\n"
            : recommendation.text(titles, explains: explains, nowMs: Clock.nowMs())
    }
}
