import Foundation
import Processes
import Telemetry

/// `streamctl run` as a process of its own, so that its time and memory are told apart from ours. It ends with this
/// value, and also when we die in whatever way; its state goes with it.
struct ProcessorUnderTest: ~Copyable {
    /// What it says when it ends: the object of `run --json`.
    struct Summary: Decodable, Equatable, Sendable {
        var eventsRead: UInt64
        var learned: UInt64
        var duplicate: UInt64
        var late: UInt64
        var rejected: UInt64
        var listsWritten: UInt64
        var listsUnchanged: UInt64
        var complete: Bool
    }

    private let folder: TemporaryFolder
    private let leash: Leash
    private var process: ChildProcess

    /// An orderly stop writes what is owed and keeps the state.
    private static let stopSeconds = 60.0

    /// - Parameters:
    ///   - arguments: of `run`, beside those about its state and its output.
    ///   - program: the binary.
    init(_ arguments: [String], program: String) throws(CommandFailure) {
        let folder = try Self.makeFolder()
        do {
            let binary = URL(filePath: program).resolvingSymlinksInPath().path
            let words =
                [binary, "run", "--json"] + arguments + ["--set", "state.folder=\(folder.path)/state"]
            let process = try ChildProcess(
                words, output: "\(folder.path)/output", errors: "\(folder.path)/log",
                environment: ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" })
            let leash = try Leash(pid: process.pid, folder: folder.path)
            self.init(folder: folder, leash: leash, process: process)
        } catch {
            throw CommandFailure(
                .failed,
                "the processor could not be started: \(String(cString: strerror(error.code))). See whether this "
                    + "system allows more processes.")
        }
    }

    private init(
        folder: consuming TemporaryFolder, leash: consuming Leash, process: consuming ChildProcess
    ) {
        self.folder = folder
        self.leash = leash
        self.process = process
    }

    private static func makeFolder() throws(CommandFailure) -> TemporaryFolder {
        do {
            return try TemporaryFolder(prefix: "freshet-loadtest-")
        } catch {
            throw CommandFailure(.failed, error.message)
        }
    }

    deinit { leash.untie() }

    var pid: Int32 { process.pid }

    /// Throws when it has ended although nobody asked it to.
    mutating func check() throws(CommandFailure) {
        guard process.hasEnded() else { return }
        throw CommandFailure(
            .failed,
            "the processor ended by itself with code \(process.exitCode ?? -1). It said: \(lastWords)")
    }

    /// Stops it in order and returns what it has to say.
    mutating func stop() throws(CommandFailure) -> Summary {
        process.signal(SIGTERM)
        let stopwatch = Stopwatch()
        while !process.hasEnded() {
            guard stopwatch.seconds < Self.stopSeconds else {
                throw CommandFailure(
                    .failed,
                    "the processor did not stop within \(Int(Self.stopSeconds)) s. It said: \(lastWords)")
            }
            Clock.rest(ms: 5)
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let output = (try? Data(contentsOf: URL(filePath: "\(folder.path)/output"))) ?? Data()
        guard let summary = try? decoder.decode(Summary.self, from: output) else {
            throw CommandFailure(
                .failed, "the processor ended without its summary. It said: \(lastWords)")
        }
        return summary
    }

    private var lastWords: String {
        let text = (try? String(contentsOfFile: "\(folder.path)/log", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").last.map { printable(String($0)) } ?? "nothing"
    }
}
