import Foundation
import KafkaLog
import Settings
import Telemetry

/// The settings of a command: the defaults, then `-c FILE`, then `--set`, then options of its own.
enum SettingsFile {
    /// An option that overrides one setting for one command: `--brokers`, for `kafka.brokers`.
    struct Override {
        var option: String
        var key: String
        /// `nil` where the option was not given.
        var value: String?
    }

    /// Reads and checks the settings; prints everything that is wrong with them before it throws.
    ///
    /// - Parameter assignments: `key.path=value`, stronger than the file and weaker than the command line.
    static func load(
        _ arguments: Arguments, assignments: [String] = [], overrides: [Override] = [], console: Console,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(CommandFailure) -> LoadedSettings {
        let loaded = try read(
            arguments, assignments: assignments, overrides: overrides, environment: environment)
        let findings = renamed(loaded.findings, overrides) + loaded.nativeFindings
        for finding in findings { console.diagnostics.print(printable("\(finding)")) }
        let errors = findings.count { $0.level == .error }
        guard errors == 0 else {
            throw CommandFailure(
                .badConfiguration,
                errors == 1
                    ? "the settings have an error. Mend the line above."
                    : "the settings have \(errors) errors. Mend the lines above.")
        }
        return loaded
    }

    private static func read(
        _ arguments: Arguments, assignments: [String], overrides: [Override],
        environment: [String: String]
    ) throws(CommandFailure) -> LoadedSettings {
        let path = arguments[CommonParameters.config]
        var yaml: [UInt8] = []
        if let path {
            do throws(SmallFile.Problem) {
                yaml = try SmallFile.read(path, bytesMax: YAMLDocument.bytesMax)
            } catch {
                throw CommandFailure(
                    .badConfiguration, "settings file '\(printable(path))' \(error.problem). \(error.mend)")
            }
        }
        let assignments =
            assignments + arguments[CommonParameters.set].map { "\($0.key)=\($0.value)" }
            + overrides.compactMap { override in override.value.map { "\(override.key)=\($0)" } }
        return Settings.load(
            yaml: yaml, source: path ?? "settings", overrides: assignments, environment: environment)
    }

    /// Findings about an override of the command name its option and not `--set`.
    private static func renamed(_ findings: [Finding], _ overrides: [Override]) -> [Finding] {
        findings.map { finding in
            var finding = finding
            if finding.line == nil,
                let override = overrides.first(where: { $0.key == finding.path && $0.value != nil })
            {
                finding.source = override.option
            }
            return finding
        }
    }
}

extension LoadedSettings {
    /// What librdkafka has against its native properties.
    var nativeFindings: [Finding] {
        KafkaConnection(settings.kafka).problems().map { error in
            guard case .property(let name, let problem, let mend) = error else {
                return Finding(source: source, path: "kafka", problem: error.message, mend: "")
            }
            let path = "kafka.properties.\(name)"
            // librdkafka repeats the value that it refuses.
            let isSecret = KafkaProperties.isSecret(name)
            return Finding(
                source: origins[path] == .override ? "--set" : source, line: line(of: path), path: path,
                problem: isSecret ? "has a value that librdkafka does not take" : problem, mend: "\(mend).")
        }
    }

    /// The line that a key's value comes from; `nil` where it is not the file.
    func line(of path: String) -> Int? {
        switch origins[path] {
        case .file(let line), .environment(_, let line): line
        case .standard, .override, nil: nil
        }
    }
}
