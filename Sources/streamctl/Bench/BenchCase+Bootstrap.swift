import Foundation
import Model
import Pipeline
import Settings
import Telemetry

extension BenchCase {
    /// The training alone, as its peers are timed: from ratings in memory to factors. What is held out must be
    /// predicted as well as LIBMF predicts it.
    static let bootstrap = BenchCase(
        name: "bootstrap_1m", unit: "s", purpose: "Learn a million ratings in 20 epochs, on two threads",
        runs: 7
    ) { _ in
        let (learned, heldOut) = BenchTastes.ratings(1_050_000).split(seed: 1)
        let parallel = ThreadCrew(2).parallel
        return { () throws(CommandFailure) in
            let lap = Lap()
            var fit = BatchFit(learned, options: BatchOptions(), parallel: parallel)
            for _ in 0..<BatchOptions().epochs { fit.epoch(parallel) }
            let run = lap.end(events: learned.count * BatchOptions().epochs) { $0 }
            guard let rmse = fit.rmse(over: heldOut), rmse <= peerRMSE else {
                throw CommandFailure(.failed, "the training is worse than LIBMF's. This is a defect.")
            }
            return run
        }
    }

    /// Of LIBMF on the same ratings: 64 factors, 20 epochs, rate .1, decay .1.
    private static let peerRMSE = 0.8925

    /// With an embedded broker and a private Redis.
    static let bootstrapLists = BenchCase(
        name: "bootstrap_lists_1m", unit: "s",
        purpose: "From a file of a million ratings to the state and a list for everybody in Redis", runs: 7
    ) { (_) throws(CommandFailure) in
        let folder = try BenchFolder()
        let (path, rows) = ("\(folder.path)/ratings.csv", 1_000_000)
        guard FileManager.default.createFile(atPath: path, contents: Data(BenchTastes.csv(rows))) else {
            throw CommandFailure(
                .failed, "no file can be made at \(path). Set TMPDIR to a folder with room for 300 MB.")
        }
        let silence = Output(descriptor: open("/dev/null", O_WRONLY | O_CLOEXEC))
        let console = Console(output: silence, diagnostics: silence, surface: .lines)
        return { () throws(CommandFailure) in
            let names = Settings().kafka.topics
            let servers = try DemoServers.start(
                topics: Wiring(settings: Settings()).topics, deadLetters: names.deadLetters, partitions: 4,
                tcp: false)
            var settings = servers.settings
            settings.state.folder = "\(folder.path)/state"
            let bootstrap = Bootstrap(
                wiring: Wiring(settings: settings), plan: BootstrapPlan(replaces: true), console: console)
            let lap = Lap()
            let report = try bootstrap.run([path]) { false }
            let run = lap.end(events: rows) { $0 }
            guard report.learned?.accounting.learned == UInt64(rows), report.failure == nil else {
                throw CommandFailure(.failed, "not everything was learned and written. This is a defect.")
            }
            return run
        }
    }
}
