/// `streamctl recommend`: one user's list, as a front end finds it.
enum RecommendCommand {
    static let user = Parameter<String>.operand(
        "USER", as: .text("the id of a user"), "Whose list; write '--' before an id that begins with a dash.")
    static let count = Parameter<Int>.option(
        "count", short: "n", "N", as: .number(in: 1...1000), default: "10", "Show at most N items.")
    static let redis = Parameter<String?>.option(
        "redis", "URL", as: .redisURL, "Read from this Redis instead of the one in the settings.")

    static let command = Command(
        name: "recommend",
        summary: "Show a user's list as it is in Redis now",
        discussion: ["A user nobody knows yet is shown the popular list, and the output says so."],
        parameters: [
            user, count, CommonParameters.config, CommonParameters.set, redis, CommonParameters.json,
        ],
        examples: [
            .init(purpose: "The ten best for user 42", line: "streamctl recommend 42"),
            .init(
                purpose: "The best three as JSON, from a Redis elsewhere",
                line: "streamctl recommend 42 -n 3 --json --redis redis://cache:6379/0"),
        ],
        failsWhen: "Redis did not answer, or holds no list that could be shown")
}
