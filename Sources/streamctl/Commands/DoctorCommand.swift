import Settings
import Telemetry

/// `streamctl doctor`: whether everything that `run` needs is there.
enum DoctorCommand {
    static let command = Command(
        name: "doctor",
        summary: "Check Kafka, Redis and the state folder, each with its mend",
        parameters: [CommonParameters.config, CommonParameters.set, CommonParameters.json],
        examples: [
            .init(purpose: "Before the first run", line: "streamctl doctor -c config/freshet.yaml")
        ],
        failsWhen: "a check failed",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    /// Looks at everything, whatever fails; takes a few seconds at most.
    static func run(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let settings = try SettingsFile.load(arguments, console: console).settings
        let isJSON = arguments[CommonParameters.json]
        var checks: [Check] = []
        let looks: [() -> [Check]] = [
            { KafkaCheck.look(settings.kafka) }, { RedisCheck.look(settings) },
            { FolderCheck.look(settings.state.folder) },
        ]
        for look in looks {
            let found = look()
            checks += found
            if !isJSON { for check in found { console.output.print(printable(line(check))) } }
        }
        let failures = checks.count { $0.level == .fail }
        if isJSON { console.output.print("\(json(checks))") }
        guard failures == 0 else {
            throw CommandFailure(
                .failed, "\(counted(failures, "check")) failed. Each line above ends with its mend.")
        }
        return .done
    }

    private static func line(_ check: Check) -> String {
        let mend = check.mend.isEmpty ? "" : " \(check.mend)"
        let level = check.level.rawValue + String(repeating: " ", count: 6 - check.level.rawValue.count)
        return "\(level)\(check.subject): \(check.message)\(mend)"
    }

    private static func json(_ checks: [Check]) -> JSON {
        let list = checks.map { check -> JSON in
            [
                "subject": .text(check.subject), "level": .text(check.level.rawValue),
                "message": .text(check.message), "mend": .text(check.mend),
            ]
        }
        return ["ok": .flag(!checks.contains { $0.level == .fail }), "checks": .list(list)]
    }
}
