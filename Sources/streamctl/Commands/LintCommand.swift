import Foundation
import Telemetry

/// `streamctl lint`: everything that is wrong with the settings, at once, without a server.
enum LintCommand {
    static let files = Parameter<[String]>.operands(
        "FILE", atLeast: 0, as: .path,
        """
        Settings files, topic folders, scenarios of load tests, or Markdown files with YAML blocks. Without any: \
        config/freshet.yaml, topics, loadtest/scenarios and README.md.
        """)

    static let command = Command(
        name: "lint",
        summary: "Check settings, topics, scenarios and YAML examples without a server",
        discussion: ["Reports every mistake at once: where it is, what is wrong and what to write instead."],
        parameters: [files, CommonParameters.json],
        examples: [
            .init(purpose: "Check everything in the project", line: "streamctl lint"),
            .init(purpose: "Check one file", line: "streamctl lint config/production.yaml"),
        ],
        failsWhen: "a file could not be read",
        body: { (arguments) throws(CommandFailure) in try run(arguments) })

    private static let usual = ["config/freshet.yaml", "topics", "loadtest/scenarios", "README.md"]

    static func run(
        _ arguments: Arguments, console: Console = .standard,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(CommandFailure) -> ExitCode {
        var paths = arguments[files]
        if paths.isEmpty { paths = usual.filter(FileManager.default.fileExists) }
        guard !paths.isEmpty else {
            throw CommandFailure(
                .failed,
                "there is nothing to check here: neither \(usual.joined(separator: " nor ")). Name the files."
            )
        }
        let lint = Lint(paths, environment: environment)
        console.output.write(arguments[CommonParameters.json] ? "\(lint.json)\n" : lint.text)
        for problem in lint.unread { console.diagnostics.print("error: \(printable(problem))") }
        return lint.errors > 0 ? .badConfiguration : lint.unread.isEmpty ? .done : .failed
    }
}
