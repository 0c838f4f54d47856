import Pipeline
import Telemetry

/// What a service watches while it runs.
final class ServiceLog {
    /// From an event's arrival in Kafka to its list in Redis, by our own clock, in milliseconds.
    private(set) var freshnessMs = Histogram()
    /// How long the stream stood still for a checkpoint at a time, in nanoseconds.
    private(set) var pausesNs = Histogram()
    private(set) var checkpoints: UInt64 = 0
    private var copyingSinceNs: UInt64 = 0

    func note(_ notice: WorkerNotice) {
        switch notice {
        case .served(let arrivedMs): freshnessMs.record(UInt64(max(0, Clock.nowMs() - arrivedMs)))
        case .copyingBegins: copyingSinceNs = Clock.steadyNs()
        case .copyingEnds: pausesNs.record(Clock.steadyNs() - copyingSinceNs)
        case .checkpoint: checkpoints += 1
        case .listsDown, .listsBack, .listsLost, .lettersDown, .lettersBack, .stateHeld, .stateBack,
            .logRestarted, .modelFull:
            break
        }
    }
}
