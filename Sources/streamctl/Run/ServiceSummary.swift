import Events
import Model
import Pipeline
import Telemetry

/// What a run did, as it is printed when it ends.
struct ServiceSummary {
    let accounting: Accounting
    let counts: WorkerCounts
    let users: Int
    let items: Int
    let quality: Quality
    let log: ServiceLog
    /// Whether everything that was learned is in Redis and every offset is stored.
    let isComplete: Bool

    init(engine: borrowing Engine, log: ServiceLog, isComplete: Bool) {
        accounting = engine.core.accounting
        counts = engine.counts
        users = engine.core.model.users.count
        items = engine.core.model.items.count
        quality = engine.core.model.quality
        self.log = log
        self.isComplete = isComplete
    }

    var text: String {
        var lines = [
            AccountingText.sum(accounting),
            "users         \(grouped(UInt64(users))), items \(grouped(UInt64(items)))",
            "lists         \(grouped(counts.listsWritten)) written, \(grouped(counts.listsUnchanged)) unchanged, "
                + "\(grouped(counts.listFailures)) failed writes",
            "freshness     p50 \(log.freshnessMs.value(atPercentile: 50)) ms  p99 \(log.freshnessMs.value(atPercentile: 99)) ms",
        ]
        if log.checkpoints > 0 {
            lines.append(
                "state         \(grouped(log.checkpoints)) checkpoints; the stream waited for one at most "
                    + "\(Figures.decimals(Double(log.pausesNs.max) / 1e6, 2)) ms, p99 "
                    + "\(Figures.decimals(Double(log.pausesNs.value(atPercentile: 99)) / 1e6, 2)) ms")
        }
        for rejection in accounting.rejections {
            lines.append("  refused     \(grouped(rejection.count)) \(rejection.rule.rawValue)")
        }
        if let rmse = quality.rmse {
            lines.append("RMSE          \(Figures.decimals(rmse, 4)) test-then-learn")
        }
        return lines.joined(separator: "\n")
    }
}
