import Events
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

    static let command = Command(
        name: "recommend",
        summary: "Show a user's list as it is in Redis now",
        discussion: ["A user nobody knows yet is shown the popular list, and the output says so."],
        parameters: [
            user, count, titles, CommonParameters.config, CommonParameters.set, redis, CommonParameters.json,
        ],
        examples: [
            .init(purpose: "The ten best for user 42", line: "streamctl recommend 42"),
            .init(
                purpose: "The same with titles",
                line: "streamctl recommend 42 --titles ml-latest-small/movies.csv"),
            .init(
                purpose: "The best three as JSON, from a Redis elsewhere",
                line: "streamctl recommend 42 -n 3 --json --redis redis://cache:6379/0"),
        ],
        failsWhen: "Redis did not answer, or holds no list that could be shown",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    static func run(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let settings = try SettingsFile.load(
            arguments, overrides: [.init(option: "--redis", key: "redis.url", value: arguments[redis])],
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
        var recommendation = try Recommendation(
            of: user, from: RedisAddress(settings.redis.url),
            timeoutMs: Int32(clamping: settings.redis.timeoutMs))
        recommendation.cut(to: arguments[count])
        console.output.write(
            arguments[CommonParameters.json]
                ? "\(recommendation.json)\n" : recommendation.text(titles, nowMs: Clock.nowMs()))
        return .done
    }
}
