import KafkaLog
import Settings
import Telemetry

/// `streamctl topics plan` and `streamctl topics apply`: the topics in Kafka as the files declare them.
enum TopicsCommand {
    static let parameters: [any DeclaredParameter] = [
        CommonParameters.config, CommonParameters.set, CommonParameters.folder, CommonParameters.json,
    ]

    static let plan = Command(
        name: "plan",
        summary: "Show what 'apply' would change, and change nothing",
        parameters: parameters,
        examples: [
            .init(
                purpose: "Compare the cluster with the files",
                line: "streamctl topics plan -c config/freshet.yaml")
        ],
        failsWhen: "Kafka did not answer, or a topic can only be mended by a person",
        body: { (arguments) throws(CommandFailure) in try runPlan(arguments) })

    static let apply = Command(
        name: "apply",
        summary: "Create topics and change settings until the cluster is as declared",
        discussion: [
            """
            Creates what is missing, raises partition counts and sets topic settings. It never deletes a topic, \
            never lowers a partition count and never touches topics that are not declared.
            """
        ],
        parameters: parameters,
        examples: [
            .init(purpose: "Make the topics", line: "streamctl topics apply -c config/freshet.yaml")
        ],
        failsWhen: "Kafka did not answer, or refused a change",
        body: { (arguments) throws(CommandFailure) in try runApply(arguments) })

    static let command = Command(
        name: "topics",
        summary: "Compare the topics in Kafka with their files, or create them",
        subcommands: [plan, apply])

    static func runPlan(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let change = try TopicChange.planned(by: arguments, console: console)
        console.output.write(arguments[CommonParameters.json] ? "\(change.json)\n" : change.text)
        return try change.end()
    }

    static func runApply(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        var change = try TopicChange.planned(by: arguments, console: console)
        let isJSON = arguments[CommonParameters.json]
        if !isJSON { console.output.write(change.text) }
        defer { if isJSON { console.output.print("\(change.json)") } }
        try change.apply { step in
            if !isJSON { console.output.print("done: \(step.action) \(printable(step.topic))") }
        }
        return try change.end()
    }
}
