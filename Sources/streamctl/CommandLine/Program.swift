import Glibc
import Telemetry

/// The program: its version, its commands, and the way from a command line to an exit code.
enum Program {
    static let version = "0.1.0"

    static let command = Command(
        name: "streamctl",
        summary: "fresh recommendations from a stream of ratings",
        discussion: [
            """
            Freshet learns from every event in Kafka as it comes and keeps a list of recommendations per user in \
            Redis. Begin with 'streamctl demo', which needs no servers.
            """
        ],
        subcommands: [
            DemoCommand.command, RunCommand.command, ReplayCommand.command, BootstrapCommand.command,
            CatalogCommand.command,
            EvaluateCommand.command, RecommendCommand.command, TopicsCommand.command, DLQCommand.command,
            UserCommand.command, StateCommand.command, LintCommand.command, ConfigCommand.command,
            DoctorCommand.command, BenchCommand.command, LoadTestCommand.command,
        ])

    /// - Parameter words: without the name of the program.
    static func main(_ words: [String]) -> ExitCode {
        // A reader that goes away is an error of `write`, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that may not grow, which is as good as a full disk.
        signal(SIGXFSZ, SIG_IGN)
        Allocator.giveLargeBlocksBack()
        let code = outcome(of: words)
        if let failure = Output.standard.failure, code == .done {
            Output.diagnostics.print("error: standard output could not be written: \(printable(failure)).")
            return .failed
        }
        return code
    }

    private static func outcome(of words: [String]) -> ExitCode {
        do throws(UsageError) {
            switch try CommandLineParser(program: command).request(for: words) {
            case .help(let page): Output.standard.write(page)
            case .version: Output.standard.print("streamctl \(version)")
            case .run(let command, let arguments): return run(command, arguments)
            }
            return .done
        } catch {
            Output.diagnostics.print("error: \(error.message)")
            return .wrongUsage
        }
    }

    private static func run(_ command: Command, _ arguments: Arguments) -> ExitCode {
        guard let body = command.body else { preconditionFailure("\(command.name) has no body") }
        do throws(CommandFailure) {
            return try body(arguments)
        } catch {
            Output.diagnostics.print("error: \(error.message)")
            return error.code
        }
    }
}
