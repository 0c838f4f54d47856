import Dispatch
import Model
import Synchronization

/// Learns ratings in epochs but for some that are kept from it, to see how good each epoch is on those: how many
/// epochs are worth it, and what to expect of them.
///
/// It begins with nothing known, so that what is held out is unknown to it.
struct HeldOutTrial: Sendable {
    struct Point: Equatable, Sendable {
        /// From 1.
        var epoch: Int
        /// RMSE over what is learned, each rating predicted before its own step.
        var learned: Double
        /// RMSE over what is held out.
        var heldOut: Double
    }

    struct Outcome: Equatable, Sendable {
        var points: [Point]
        /// Ratings that were held out.
        var heldOut: Int
        /// Seconds of the clock.
        var seconds: Double

        /// The point with the smallest error on what is held out.
        var best: Point? { points.min { $0.heldOut < $1.heldOut } }
    }

    var epochsMax: Int
    /// Ends when what is held out is not predicted any better.
    var endsWhenConverged: Bool
    var options: BatchOptions

    /// Epochs without a better one that end it, and how much better counts.
    private static let patience = 3
    private static let gainMin = 1e-4

    func run(_ ratings: BatchRatings, parallel: Parallel) -> Outcome {
        let stopwatch = Stopwatch()
        let (learned, heldOut) = ratings.split(seed: options.seed)
        var outcome = Outcome(points: [], heldOut: heldOut.count, seconds: 0)
        guard heldOut.count > 0 else { return outcome }
        var fit = BatchFit(learned, options: options, parallel: parallel)
        while outcome.points.count < epochsMax, !(endsWhenConverged && isConverged(outcome.points)) {
            let epoch = fit.epoch(parallel)
            guard let rmse = fit.rmse(over: heldOut) else { break }
            outcome.points.append(
                Point(epoch: fit.epochs, learned: epoch.missed * fit.scale.spread, heldOut: rmse))
        }
        outcome.seconds = stopwatch.seconds
        return outcome
    }

    /// Runs beside whatever the caller does; the answer waits for it.
    func start(_ ratings: BatchRatings, parallel: @escaping Parallel) -> () -> Outcome {
        let result = Kept()
        let done = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            let outcome = run(ratings, parallel: parallel)
            result.outcome.withLock { $0 = outcome }
            done.signal()
        }
        return {
            done.wait()
            return result.outcome.withLock { $0 ?? Outcome(points: [], heldOut: 0, seconds: 0) }
        }
    }

    private func isConverged(_ points: [Point]) -> Bool {
        guard points.count > Self.patience else { return false }
        let before = points.dropLast(Self.patience).map(\.heldOut).min() ?? .infinity
        let since = points.suffix(Self.patience).map(\.heldOut).min() ?? .infinity
        return since >= before * (1 - Self.gainMin)
    }

    private final class Kept: Sendable {
        let outcome = Mutex<Outcome?>(nil)
    }
}
