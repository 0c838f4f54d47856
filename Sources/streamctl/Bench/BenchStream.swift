import Model
import Pipeline
import StateStore
import Telemetry

/// A worker in the midst of a made-up log, which is learned a part at a time.
final class BenchStream {
    let log = ServiceLog()
    /// The checkpoint that was kept last.
    var newest: CheckpointOutcome? { watch.newest }
    private let watch = Watch()
    /// Lives as long as its state is written.
    private let folder: BenchFolder
    private var worker: Worker<BenchLog, BenchLists, BenchLetters, KeptState>

    init(_ bench: BenchState, in folder: BenchFolder) throws(CommandFailure) {
        self.folder = folder
        var limits = WorkerLimits()
        limits.listsMax = 1
        limits.checkpointIntervalMs = bench.checkpointMs ?? .max
        limits.checkpointEvents = bench.checkpointEvents
        var options = CoreOptions()
        options.judging = .none
        options.model.usersMax = bench.usersMax
        let kept =
            bench.checkpointMs == nil
            ? KeptState.none() : KeptState(writer: try Self.writer(folder.path, options))
        worker = Worker(
            core: Core(options: options),
            source: BenchLog(users: bench.users, items: bench.items, count: bench.events),
            lists: BenchLists(), letters: BenchLetters(), checkpoints: kept, limits: limits
        ) { [log, watch] notice in
            log.note(notice)
            if case .checkpoint(let outcome) = notice { watch.newest = outcome }
        }
    }

    private final class Watch {
        var newest: CheckpointOutcome?
    }

    /// How long something took, in seconds.
    struct Time {
        var seconds: Double
        /// Of them, how long this thread was ready to run and had no processor, because the machine did other things.
        var waited: Double

        /// What it would have taken on a machine that does nothing else.
        var ownSeconds: Double { seconds - waited }
    }

    /// Learns the next so many events.
    func learn(_ count: Int) throws(CommandFailure) -> Time {
        let end = worker.core.accounting.read + UInt64(count)
        return try failing { () throws(Trouble) in
            let (stopwatch, waited) = (Stopwatch(), Self.waitedSeconds())
            while worker.core.accounting.read < end {
                _ = try worker.tick(nowMs: Clock.nowMs(), timeoutMs: 0)
            }
            return Time(seconds: stopwatch.seconds, waited: Self.waitedSeconds() - waited)
        }
    }

    /// How long this thread has waited for a processor since it began; 0 where the system does not say.
    private static func waitedSeconds() -> Double {
        let bytes = try? SmallFile.read("/proc/thread-self/schedstat", bytesMax: 128)
        let parts = String(decoding: bytes ?? [], as: UTF8.self).split(separator: " ")
        return parts.count > 1 ? (Double(parts[1]) ?? 0) / 1e9 : 0
    }

    var learned: UInt64 { worker.core.accounting.learned }

    /// Stands still until everything is on disk.
    func keep() throws(CommandFailure) {
        try failing { () throws(Trouble) in
            while try !worker.keepLast(nowMs: Clock.nowMs()) { Clock.rest(ms: 1) }
        }
    }

    private func failing<Result>(_ body: () throws(Trouble) -> Result) throws(CommandFailure) -> Result {
        do throws(Trouble) {
            return try body()
        } catch {
            throw CommandFailure(.failed, error.message)
        }
    }

    private static func writer(_ folder: String, _ options: CoreOptions) throws(CommandFailure)
        -> CheckpointWriter
    {
        do throws(StateError) {
            let file = try StateFile(StateFolder(folder))
            return CheckpointWriter(file, describing: StateDescription(model: options.model.fingerprint))
        } catch {
            throw CommandFailure(.failed, error.description)
        }
    }
}
