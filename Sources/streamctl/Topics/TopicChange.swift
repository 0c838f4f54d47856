import KafkaLog
import Settings
import Telemetry

/// What brings a cluster's topics to their files: planned first, then applied.
struct TopicChange: ~Copyable {
    let plan: TopicPlan
    /// Steps that were done.
    private(set) var applied = 0

    private let admin: TopicAdmin
    private let notices: KafkaNotices

    /// The limit of each call to the cluster.
    private static let callMsMax: Int32 = 10_000

    /// Reads the settings and the topics folder, and compares it with the cluster.
    static func planned(
        by arguments: Arguments, console: Console
    ) throws(CommandFailure) -> TopicChange {
        let kafka = try SettingsFile.load(arguments, console: console).settings.kafka
        let definitions = try definitions(arguments[CommonParameters.folder], console: console)
        for name in kafka.topics.all where !definitions.contains(where: { $0.name == name }) {
            console.diagnostics.print(
                "warning: the settings name topic '\(printable(name))', which no file declares. "
                    + "Write its file, or correct the name under kafka.topics.")
        }
        let notices = KafkaNotices(console: console)
        do throws(KafkaError) {
            let admin = try TopicAdmin(KafkaConnection(kafka), timeoutMs: callMsMax) { notices.take($0) }
            let plan = try admin.plan(definitions)
            notices.show()
            return TopicChange(plan: plan, admin: admin, notices: notices)
        } catch {
            throw CommandFailure(error)
        }
    }

    private init(plan: TopicPlan, admin: consuming TopicAdmin, notices: KafkaNotices) {
        self.plan = plan
        self.admin = admin
        self.notices = notices
    }

    /// Does what can be done; `onStep` hears of each step when it is done.
    mutating func apply(onStep: (TopicStep) -> Void) throws(CommandFailure) {
        var done = 0
        defer { applied = done }
        do throws(KafkaError) {
            try admin.apply(plan) { step in
                done += 1
                onStep(step)
            }
            notices.show()
        } catch {
            throw CommandFailure(error)
        }
    }

    /// How the command ends when nothing else went wrong: a refusal is a failure.
    func end() throws(CommandFailure) -> ExitCode {
        let refusals = plan.steps.count(where: \.isRefusal)
        guard refusals > 0 else { return .done }
        throw CommandFailure(
            .failed,
            "\(counted(refusals, "step")) refused. Each line that begins with '!' says what to do instead.")
    }

    /// One line per step.
    var text: String { plan.steps.map { "\(printable($0.description))\n" }.joined() }

    var json: JSON {
        let steps = plan.steps.map { step -> JSON in
            ["action": .text(step.action), "topic": .text(step.topic), "text": .text(step.description)]
        }
        return [
            "steps": .list(steps), "changes": .whole(plan.steps.count(where: \.isChange)),
            "refusals": .whole(plan.steps.count(where: \.isRefusal)), "applied": .whole(applied),
        ]
    }

    private static func definitions(
        _ folder: String, console: Console
    ) throws(CommandFailure) -> [TopicDefinition] {
        let topics: TopicFolder
        do throws(SmallFile.Problem) {
            topics = try TopicFolder(folder)
        } catch {
            throw CommandFailure(
                .badConfiguration, "the topics folder '\(printable(folder))' \(error.problem). \(error.mend)")
        }
        for finding in topics.findings { console.diagnostics.print(printable("\(finding)")) }
        let errors = topics.findings.count { $0.level == .error }
        guard errors == 0 else {
            throw CommandFailure(
                .badConfiguration, "the topic files have \(counted(errors, "error")). Mend the lines above.")
        }
        return topics.definitions
    }
}

extension KafkaSettings.Topics {
    /// The names in Kafka, in the order of the settings file.
    var all: [String] { [ratings, feedback, catalog, erasures, deadLetters] }
}
