import Events
import KafkaLog
import Pipeline
import Settings

/// How far behind the log we are, by partition of those that the consumer group gave us.
struct GroupLag {
    struct Place {
        var topic: String
        var partition: Int32
        /// Records that are not yet learned.
        var records: Int64
        /// How old the oldest of them is at most; 0 where there is none.
        var seconds: Double
    }

    let group: String
    /// In the order of the lanes. A partition of which the brokers have not told where it ends is left out.
    let places: [Place]

    init(of engine: borrowing Engine, _ wiring: Wiring, nowMs: Int64) {
        group = wiring.settings.kafka.group
        var places: [Place] = []
        for progress in engine.core.progress {
            guard let name = wiring.topics[progress.lane.topic],
                let unpolled = engine.source.lag(of: progress.lane)
            else { continue }
            let records = unpolled + Int64(progress.waiting)
            let ageMs = progress.oldestMs.map { max(0, nowMs - $0) } ?? 0
            places.append(
                Place(
                    topic: name, partition: progress.lane.partition, records: records,
                    seconds: records == 0 ? 0 : Double(ageMs) / 1_000))
        }
        self.places = places
    }
}
