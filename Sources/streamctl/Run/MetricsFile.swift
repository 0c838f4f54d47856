import Events
import Glibc
import Model
import Pipeline
import Telemetry

/// Metrics as a file that is always whole: written beside its place, then moved there. The textfile collector of
/// node_exporter and anything else that reads the format of Prometheus may look at it at any time.
struct MetricsFile {
    let path: String

    /// Between two versions, in seconds.
    static let seconds = 5.0

    /// Whether it is in place now.
    func write(_ text: String) -> Bool {
        let draft = "\(path).\(getpid()).tmp"
        // Whoever collects is another user.
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return false }
        let isWritten = Array(text.utf8).withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
        guard close(descriptor) == 0, isWritten, rename(draft, path) == 0 else {
            unlink(draft)
            return false
        }
        return true
    }
}

extension ServiceSummary {
    /// In the text format of Prometheus. What became of events is counted by the state, and goes on where the last run
    /// ended; everything else is of this run.
    func prometheus(kafka: OutageFilter.Tally, topics: [Topic: String], lag: GroupLag) -> String {
        var out = PrometheusText()
        for records in counts.records {
            out.counter(MetricNames.eventsConsumed, records.count, labels: [topics[records.topic] ?? ""])
        }
        out.counter(MetricNames.eventsLearned, accounting.learned)
        for rejection in accounting.rejections {
            out.counter(MetricNames.eventsRejected, rejection.count, labels: [rejection.rule.rawValue])
        }
        out.counter(MetricNames.eventsDuplicate, accounting.duplicate)
        out.counter(MetricNames.eventsLate, accounting.late)
        for letters in counts.letters {
            out.counter(MetricNames.deadLetters, letters.count, labels: [letters.rule.rawValue])
        }
        out.histogram(MetricNames.freshness, log.freshnessMs, unitsPerSecond: 1_000)
        out.histogram(MetricNames.eventProcessing, log.eventsNs, unitsPerSecond: 1e9)
        out.counter(MetricNames.listsWritten, counts.listsWritten)
        out.counter(MetricNames.listsDropped, listsDropped)
        out.histogram(MetricNames.redisWrite, log.writesUs, unitsPerSecond: 1e6)
        out.counter(MetricNames.redisErrors, counts.listFailures)
        out.gauge(MetricNames.modelUsers, Double(users))
        out.gauge(MetricNames.modelItems, Double(items))
        for (kind, evicted) in [("user", evictions.usersEvicted), ("item", evictions.itemsEvicted)] {
            out.counter(MetricNames.modelEvictions, evicted, labels: [kind])
        }
        for (kind, returned) in [("user", evictions.usersReturned), ("item", evictions.itemsReturned)] {
            out.counter(MetricNames.modelReturns, returned, labels: [kind])
        }
        out.counter(MetricNames.modelStepsRefused, stepsRefused)
        if let rmse = quality.rmse { out.gauge(MetricNames.prequentialRMSE, rmse) }
        if let hits = quality.hitRatioAt10 {
            out.gauge(MetricNames.prequentialHitRatio, hits, labels: ["10"])
        }
        out.counter(MetricNames.driftAlarms, errorDrift.alarms, labels: ["errors"])
        out.counter(MetricNames.driftAlarms, ratingDrift.alarms, labels: ["ratings"])
        out.gauge(MetricNames.driftErrorLevel, errorDrift.level)
        out.gauge(MetricNames.driftRatingStability, ratingDrift.stability)
        out.histogram(MetricNames.checkpoint, log.checkpointsUs, unitsPerSecond: 1e6)
        if let ms = log.lastCheckpointMs {
            out.gauge(MetricNames.checkpointLastSuccess, Double(ms) / 1_000)
        }
        out.histogram(MetricNames.checkpointPause, log.pausesNs, unitsPerSecond: 1e9)
        let parts = ServiceLog.Part.allCases.map { part in
            part == .kafka
                ? (part, kafka.isAway, kafka.count) : (part, log.isAway(part), log.outages(of: part))
        }
        for (part, isAway, _) in parts {
            out.gauge(MetricNames.outage, isAway ? 1 : 0, labels: [part.rawValue])
        }
        for (part, _, count) in parts {
            out.counter(MetricNames.outages, UInt64(count), labels: [part.rawValue])
        }
        out.counter(MetricNames.logGaps, UInt64(kafka.gaps))
        out.gauge(MetricNames.buildInfo, 1, labels: [Program.version])
        func labels(_ place: GroupLag.Place) -> [String] { [lag.group, place.topic, "\(place.partition)"] }
        for place in lag.places {
            out.gauge(MetricNames.consumerGroupLag, Double(place.records), labels: labels(place))
        }
        for place in lag.places {
            out.gauge(MetricNames.consumerGroupLagSeconds, place.seconds, labels: labels(place))
        }
        return out.text
    }
}
