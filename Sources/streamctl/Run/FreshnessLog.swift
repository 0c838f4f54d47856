import Telemetry

/// From an event's arrival in Kafka to its list in Redis, by our own clock, in milliseconds.
final class FreshnessLog {
    private(set) var histogram = Histogram()

    /// A list became visible; its oldest event came in at `arrivedMs`.
    func note(arrivedMs: Int64) {
        histogram.record(UInt64(max(0, Clock.nowMs() - arrivedMs)))
    }
}
