import Glibc
import Model
import Pipeline
import StateStore
import Telemetry

/// A worker on a made-up log with its state in a folder of its own: what keeping it costs, and how soon it is back.
struct BenchState {
    let users: Int
    let items: Int
    let events: Int
    /// The time between two checkpoints; `nil` keeps nothing.
    var checkpointMs: Int64?
    /// Events between two checkpoints, where that is sooner.
    var checkpointEvents = UInt64.max
    /// Users in memory; of more, the coldest leave for the state.
    var usersMax = Int.max

    struct Outcome {
        var seconds: Double
        /// The moments that the stream gave to checkpoints, in nanoseconds.
        var pausesNs: Histogram
        var checkpoints: UInt64
    }

    /// Learns the whole log; no list is ranked, which would hide what keeping costs.
    func learn(in folder: BenchFolder) throws(CommandFailure) -> Outcome {
        let stream = try BenchStream(self, in: folder)
        let seconds = try stream.learn(events).seconds
        if checkpointMs != nil { try stream.keep() }
        return Outcome(seconds: seconds, pausesNs: stream.log.pausesNs, checkpoints: stream.log.checkpoints)
    }

    /// What a worker takes of memory after the whole log.
    func residentBytes() throws(CommandFailure) -> Double {
        // What an earlier run let go of is not this one's.
        Allocator.trim()
        let before = ProcessUsage.of(getpid())?.residentBytes ?? 0
        let stream = try BenchStream(self, in: BenchFolder())
        _ = try stream.learn(events)
        let after = ProcessUsage.of(getpid())?.residentBytes ?? 0
        guard stream.learned > 0 else { throw CommandFailure(.failed, "nothing was learned") }
        return Double(after - before)
    }

    /// What a state holds and takes.
    static func inspection(of folder: BenchFolder) throws(CommandFailure) -> StateInspection {
        do throws(StateError) {
            return try StateFolder(folder.path).snapshot().inspect()
        } catch {
            throw CommandFailure(.failed, error.description)
        }
    }

    /// Seconds from opening a folder to a core that can go on.
    static func restart(from folder: BenchFolder) throws(CommandFailure) -> Double {
        let stopwatch = Stopwatch()
        let core = try OpenState.restored(from: StateFolder(folder.path), CoreOptions())
        guard core.accounting.read > 0 else { throw CommandFailure(.failed, "the state is empty") }
        return stopwatch.seconds
    }
}
