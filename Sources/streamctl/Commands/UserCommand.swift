import Events
import Settings

/// `streamctl user forget`: the right of a user to be forgotten.
enum UserCommand {
    static let user = Parameter<String>.operand(
        "USER", as: .text("the id of a user"), "Whom; write '--' before an id that begins with a dash.")

    static let forget = Command(
        name: "forget",
        summary: "Have a user forgotten everywhere, and say what was removed",
        discussion: [
            """
            Publishes an erasure and removes the user's list and profile from Redis at once. 'streamctl run' then \
            forgets what it learned of the user, and refuses for ever what the user did up to now, so that no \
            replay of the log brings the user back. What the user does later is a new user's.
            """,
            """
            It may be asked again at any time. Neither the output nor a log names the user. Events that are in \
            Kafka already stay there as long as their topics keep them.
            """,
        ],
        parameters: [user, CommonParameters.config, CommonParameters.set, CommonParameters.json],
        examples: [
            .init(purpose: "Forget user 42", line: "streamctl user forget 42 -c config/freshet.yaml")
        ],
        failsWhen: "Kafka did not take the erasure, or Redis did not answer",
        body: { (arguments) throws(CommandFailure) in try runForget(arguments) })

    static let command = Command(
        name: "user", summary: "Have a user forgotten", subcommands: [forget])

    static func runForget(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let settings = try SettingsFile.load(arguments, console: console).settings
        guard let user = Identifier(arguments[user]) else {
            throw CommandFailure(
                .wrongUsage,
                "USER is longer than \(Identifier.bytesMax) bytes, which no id is. "
                    + "See 'streamctl user forget --help'.")
        }
        let wiring = Wiring(settings: settings)
        let forgetting = Forgetting(user: user, wiring: wiring, nowMs: Clock.nowMs())
        let known = forgetting.lookIntoState()
        try forgetting.publish(console: console)
        let removed = forgetting.removeKeys()
        let report = ForgettingReport(
            topic: settings.kafka.topics.erasures, timestampMs: forgetting.timestampMs, known: known,
            removed: removed)
        console.output.write(arguments[CommonParameters.json] ? "\(report.json)\n" : report.text)
        if let failure = report.failure { throw failure }
        return .done
    }
}
