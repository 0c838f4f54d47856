import Pipeline
import State
import StateStore
import Telemetry

extension BenchCase {
    /// By 100,000 users, at full speed: what the events of five seconds take with a checkpoint, against the mean of
    /// as many right before and right after without one. So neither a log that becomes dearer to learn nor a machine
    /// that is slower for a while shows in it; and the time in which other programs had the processor is left out.
    static let checkpointCost = BenchCase(
        name: "checkpoint_cost", unit: "%",
        purpose: "What a checkpoint every five seconds costs of the throughput",
        runs: 7, warmUps: 0
    ) { (_) throws(CommandFailure) in
        let unkept = BenchState(users: 100_000, items: 20_000, events: .max, checkpointMs: nil)
        let warm = try BenchStream(unkept, in: BenchFolder())
        _ = try warm.learn(300_000)
        let part = Int(200_000 / (try warm.learn(200_000)).ownSeconds * 5)
        return { () throws(CommandFailure) in
            var bench = unkept
            bench.checkpointMs = .max
            // One is kept before the first part; the next begins after two parts, and the one after two more.
            bench.checkpointEvents = UInt64(2 * part)
            let stream = try BenchStream(bench, in: BenchFolder())
            _ = try stream.learn(300_000)
            try stream.keep()
            _ = try stream.learn(part)
            let before = try stream.learn(part)
            let checkpoints = stream.log.checkpoints
            let with = try stream.learn(part)
            // A disk that takes longer for one than that slows what comes after, too, which is then no measure.
            let isKept = stream.log.checkpoints > checkpoints
            let after = try stream.learn(part)
            func cost(_ seconds: (BenchStream.Time) -> Double) -> Double {
                let without = isKept ? (seconds(before) + seconds(after)) / 2 : seconds(before)
                return (seconds(with) / without - 1) * 100
            }
            return BenchRun(
                value: cost(\.ownSeconds),
                details: [
                    ("by_the_clock", cost(\.seconds)), ("waited_s", with.waited),
                    ("megabytes", Double(stream.newest?.bytes ?? 0) / 1e6),
                    ("commit_ms", stream.newest?.milliseconds ?? 0), ("events", Double(part)),
                ])
        }
    }

    /// All that was learned of 100,000 users, from the beginning of the checkpoint until it is on disk.
    static let checkpoint = BenchCase(
        name: "checkpoint", unit: "ms", purpose: "Copy and commit all of 100,000 users and 20,000 items",
        runs: 7
    ) { (_) throws(CommandFailure) in
        { () throws(CommandFailure) in
            let bench = BenchState(users: 100_000, items: 20_000, events: 150_000, checkpointMs: .max)
            let stream = try BenchStream(bench, in: BenchFolder())
            _ = try stream.learn(bench.events)
            let lap = Lap()
            try stream.keep()
            var run = lap.end(events: bench.events) { $0 * 1e3 }
            run.details = [
                ("megabytes", Double(stream.newest?.bytes ?? 0) / 1e6),
                ("commit_ms", stream.newest?.milliseconds ?? 0),
            ]
            return run
        }
    }

    /// The longest moment that the stream waits for a checkpoint, with 100,000 users.
    static let checkpointPause = BenchCase(
        name: "checkpoint_pause_ms", unit: "ms",
        purpose: "The longest pause that a checkpoint causes at 100,000 users",
        runs: 7
    ) { (input) throws(CommandFailure) in
        { () throws(CommandFailure) in
            let bench = BenchState(users: 100_000, items: 20_000, events: 600_000, checkpointMs: 1_000)
            let outcome = try bench.learn(in: BenchFolder())
            input.detail = pauses(outcome)
            return BenchRun(value: Double(outcome.pausesNs.max) / 1e6)
        }
    }

    /// A histogram by powers of two.
    private static func pauses(_ outcome: BenchState.Outcome) -> String {
        let values = outcome.pausesNs
        var lines = ["  \(grouped(values.count)) pauses of \(outcome.checkpoints) checkpoints"]
        var (below, limitNs) = (UInt64(0), UInt64(16_000))
        while below < values.count {
            let count = values.count(atMost: limitNs)
            if count > below {
                let bar = String(repeating: "#", count: max(1, Int(40 * (count - below) / values.count)))
                lines.append(
                    "  up to \(Figures.decimals(Double(limitNs) / 1e6, 3)) ms  \(grouped(count - below))  \(bar)"
                )
            }
            (below, limitNs) = (count, limitNs * 2)
        }
        return lines.joined(separator: "\n")
    }

    /// A million users and 50,000 items, from an opened file to a core that can go on.
    static let restart = BenchCase(
        name: "restart_1m", unit: "s", purpose: "Start from a state of a million users and 50,000 items",
        runs: 7
    ) { (_) throws(CommandFailure) in
        let folder = try BenchFolder()
        let bench = BenchState(users: 1_000_000, items: 50_000, events: 1_500_000, checkpointMs: .max)
        _ = try bench.learn(in: folder)
        return { () throws(CommandFailure) in BenchRun(value: try BenchState.restart(from: folder)) }
    }

    /// What a state takes on disk for each byte that it holds.
    static let stateRatio = BenchCase(
        name: "state_on_disk", unit: "x", purpose: "Bytes on disk for each byte of state", runs: 7
    ) { (_) throws(CommandFailure) in
        { () throws(CommandFailure) in
            let bench = BenchState(users: 100_000, items: 20_000, events: 600_000, checkpointMs: 1_000)
            let folder = try BenchFolder()
            _ = try bench.learn(in: folder)
            return BenchRun(value: try BenchState.inspection(of: folder).ratio ?? 0)
        }
    }
}
