import Events
import KafkaLog
import Settings
import StateStore
import Telemetry

extension StateCommand {
    static func runInspect(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let folder = try folder(arguments, console: console)
        let report = try said { () throws(StateError) in
            StateReport(try snapshot(arguments, of: folder).inspect())
        }
        console.output.write(arguments[CommonParameters.json] ? "\(report.json)\n" : report.text)
        return .done
    }

    static func runVerify(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let folder = try folder(arguments, console: console)
        let (mark, digest) = try said { () throws(StateError) in
            let snapshot = try snapshot(arguments, of: folder)
            return (snapshot.mark, try snapshot.verify())
        }
        console.diagnostics.print("\(StateReport.text(of: mark)): every row is as it was written")
        console.output.print("\(digest)")
        return .done
    }

    static func runBackup(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let folder = try folder(arguments, console: console)
        let path = arguments[file]
        let mark = try said { () throws(StateError) in
            let snapshot = try folder.snapshot()
            let stopwatch = Stopwatch()
            var meter: ProgressMeter?
            try snapshot.backup(to: path) { done, total in
                if meter == nil { meter = console.meter("pages", total: UInt64(total), at: stopwatch) }
                meter?.update(done: UInt64(done), nowNs: stopwatch.nanoseconds)
            }
            meter?.clear()
            return snapshot.mark
        }
        console.diagnostics.print("\(StateReport.text(of: mark)) is in '\(printable(path))'")
        return .done
    }

    static func runRestore(
        _ arguments: Arguments, console: Console = .standard
    ) throws(CommandFailure) -> ExitCode {
        let settings = try SettingsFile.load(arguments, console: console).settings
        let backup = try said { () throws(StateError) in try StateBackup(arguments[file]) }
        let wiring = Wiring(settings: settings)
        let topics = arguments[force] ? nil : try topics(wiring)
        try said { () throws(StateError) in
            try backup.restore(
                to: StateFolder(settings.state.folder), expecting: topics, naming: wiring.topics)
        }
        console.diagnostics.print(
            "\(StateReport.text(of: backup.mark)) is in '\(printable(settings.state.folder))' now")
        return .done
    }

    private static func folder(
        _ arguments: Arguments, console: Console
    ) throws(CommandFailure) -> StateFolder {
        StateFolder(try SettingsFile.load(arguments, console: console).settings.state.folder)
    }

    private static func snapshot(
        _ arguments: Arguments, of folder: StateFolder
    ) throws(StateError) -> StateSnapshot {
        guard let path = arguments[backupFile] else { return try folder.snapshot() }
        return try StateBackup(path).snapshot()
    }

    /// The topics of the settings as they are in Kafka now.
    private static func topics(
        _ wiring: Wiring
    ) throws(CommandFailure) -> [StateDescription.TopicFacts] {
        do throws(KafkaError) {
            return wiring.topicFacts(in: try BrokerProbe.look(wiring.kafka))
        } catch {
            var failure = CommandFailure(error)
            failure.message += " Or restore with --force, which does not ask Kafka."
            throw failure
        }
    }

    /// Does `body`; what it throws ends the command.
    private static func said<Result: ~Copyable>(
        _ body: () throws(StateError) -> Result
    ) throws(CommandFailure) -> Result {
        do throws(StateError) {
            return try body()
        } catch {
            throw CommandFailure(.failed, printable(error.description))
        }
    }
}
