import Pipeline
import Telemetry

/// What a service watches while it runs.
final class ServiceLog {
    /// What may be away without ending the program, in the order in which it is shown.
    enum Part: String, CaseIterable {
        case redis, kafka, state
        case deadLetters = "dead_letters"
    }

    /// From an event's arrival in Kafka to its list in Redis, by our own clock, in milliseconds; of events that came
    /// while it ran. What was there before is as old as the pause was long, and says nothing of how fresh lists are.
    private(set) var freshnessMs = Histogram()
    /// How long the stream stood still for a checkpoint at a time, in nanoseconds.
    private(set) var pausesNs = Histogram()
    /// How long a checkpoint took until it was safe, in microseconds.
    private(set) var checkpointsUs = Histogram()
    private(set) var lastCheckpointMs: Int64?
    /// How long an event took, as the mean of the turn that learned it, in nanoseconds.
    private(set) var eventsNs = Histogram()
    /// How long a batch of lists took until Redis had answered, in microseconds.
    private(set) var writesUs = Histogram()
    private var learningSinceNs: UInt64 = 0
    private var writingSinceNs: UInt64 = 0
    private var copyingSinceNs: UInt64 = 0
    private let startedMs = Clock.nowMs()
    private var outages: [Part: Int] = [:]
    private var away: Set<Part> = []

    var checkpoints: UInt64 { checkpointsUs.count }

    func note(_ notice: WorkerNotice) {
        switch notice {
        case .served(let arrivedMs):
            guard arrivedMs >= startedMs else { break }
            freshnessMs.record(UInt64(max(0, Clock.nowMs() - arrivedMs)))
        case .learningBegins: learningSinceNs = Clock.steadyNs()
        case .learningEnds(let records):
            guard records > 0 else { break }
            let spentNs = Clock.steadyNs() - learningSinceNs
            eventsNs.record(spentNs / UInt64(records), times: UInt64(records))
        case .writingBegins: writingSinceNs = Clock.steadyNs()
        case .writingEnds: writesUs.record((Clock.steadyNs() - writingSinceNs) / 1_000)
        case .copyingBegins: copyingSinceNs = Clock.steadyNs()
        case .copyingEnds: pausesNs.record(Clock.steadyNs() - copyingSinceNs)
        case .checkpoint(let outcome):
            checkpointsUs.record(UInt64(max(0, outcome.milliseconds * 1_000)))
            lastCheckpointMs = Clock.nowMs()
        case .listsDown: begin(.redis)
        case .listsBack: away.remove(.redis)
        case .lettersDown: begin(.deadLetters)
        case .lettersBack: away.remove(.deadLetters)
        case .stateHeld: begin(.state)
        case .stateBack: away.remove(.state)
        case .listsLost, .logRestarted, .modelFull, .evicting, .errorDrift, .ratingDrift: break
        }
    }

    func isAway(_ part: Part) -> Bool { away.contains(part) }

    /// How often a part went away.
    func outages(of part: Part) -> Int { outages[part] ?? 0 }

    private func begin(_ part: Part) {
        away.insert(part)
        outages[part, default: 0] += 1
    }
}
