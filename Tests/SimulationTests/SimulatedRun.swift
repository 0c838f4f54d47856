import Events
import Model
import Pipeline
import Ranking
import Simulation

/// One run of a whole worker over a simulated log, to its end.
struct SimulatedRun {
    var accounting: Accounting
    var lists: [Identifier: TopList]
    var profiles: [Identifier: ProfileFeatures]
    var letters: [DeadLetter]
    var stored: [Lane: Int64]
    var strikes: Int

    /// Runs until the log is drained and nothing is owed; `nil` if that takes too many turns.
    static func finish(
        traffic: SimulatedTraffic, faults: Faults, lettersMax: Int = 10_000, laneRecordsMax: Int = 64
    ) -> SimulatedRun? {
        var options = CoreOptions()
        // Here a lane that is silent always has more to come: the merge must wait for it.
        options.mergeIdleMs = .max / 4
        options.laneRecordsMax = laneRecordsMax
        options.model.factors = 16
        var limits = WorkerLimits()
        limits.eventsMax = 50
        limits.listsMax = 7
        limits.lettersMax = lettersMax
        var worker = Worker(
            core: Core(options: options), source: SimulatedLog(entries: traffic.lanes, faults: faults),
            lists: SimulatedLists(faults: faults), letters: SimulatedLetters(faults: faults), limits: limits)
        var calmTurns = 0
        for turn in 0..<20_000 {
            do throws(Trouble) {
                let nowMs = Int64(turn) * 50
                _ = try worker.tick(nowMs: nowMs, timeoutMs: 0)
                let owesNothing = try worker.settle(nowMs: nowMs)
                guard worker.source.isDrained, worker.core.waitingCount == 0, owesNothing else { continue }
            } catch {
                guard error.cure == .tryAgain else { return nil }
                continue
            }
            // The log is read: from here on the world is calm, and lists converge within a fallback interval.
            worker.source.faults.calm()
            worker.lists.faults.calm()
            worker.letters.faults.calm()
            calmTurns += 1
            guard calmTurns > 30, worker.isSwept else { continue }
            return SimulatedRun(
                accounting: worker.core.accounting, lists: worker.lists.lists,
                profiles: worker.lists.profiles,
                letters: worker.letters.letters, stored: worker.source.stored,
                strikes: worker.source.faults.strikes + worker.lists.faults.strikes
                    + worker.letters.faults.strikes)
        }
        return nil
    }
}
