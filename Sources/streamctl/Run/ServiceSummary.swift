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
    /// Milliseconds.
    let freshness: Histogram
    /// Whether everything that was learned is in Redis and every offset is stored.
    let isComplete: Bool

    init(engine: borrowing Engine, freshness: Histogram, isComplete: Bool) {
        accounting = engine.core.accounting
        counts = engine.counts
        users = engine.core.model.users.count
        items = engine.core.model.items.count
        quality = engine.core.model.quality
        self.freshness = freshness
        self.isComplete = isComplete
    }

    var text: String {
        var lines = [
            AccountingText.sum(accounting),
            "users         \(grouped(UInt64(users))), items \(grouped(UInt64(items)))",
            "lists         \(grouped(counts.listsWritten)) written, \(grouped(counts.listsUnchanged)) unchanged, "
                + "\(grouped(counts.listFailures)) failed writes",
            "freshness     p50 \(freshness.value(atPercentile: 50)) ms  p99 \(freshness.value(atPercentile: 99)) ms",
        ]
        for rejection in accounting.rejections {
            lines.append("  refused     \(grouped(rejection.count)) \(rejection.rule.rawValue)")
        }
        if let rmse = quality.rmse {
            lines.append("RMSE          \(Figures.decimals(rmse, 4)) test-then-learn")
        }
        return lines.joined(separator: "\n")
    }
}
