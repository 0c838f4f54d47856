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
    let evictions: EvictionCounts
    /// See `Model.stepsRefused`.
    let stepsRefused: UInt64
    let quality: Quality
    let errorDrift: ErrorDrift
    let ratingDrift: RatingDrift
    let log: ServiceLog
    /// Last lists of users who left memory that were given up.
    let listsDropped: UInt64
    /// Whether everything that was learned is in Redis and every offset is stored.
    let isComplete: Bool
    /// What ended it, where nobody asked it to end.
    var failure: CommandFailure?

    init(engine: borrowing Engine, log: ServiceLog, isComplete: Bool) {
        accounting = engine.core.accounting
        counts = engine.counts
        users = engine.core.model.users.count
        items = engine.core.model.items.count
        evictions = engine.core.evictions
        stepsRefused = engine.core.model.stepsRefused
        quality = engine.core.model.quality
        errorDrift = engine.core.model.errorDrift
        ratingDrift = engine.core.model.ratingDrift
        listsDropped = engine.core.partingsDropped
        self.log = log
        self.isComplete = isComplete
    }

    /// The object of `--json`.
    var json: JSON {
        let rejections = accounting.rejections.map {
            (name: $0.rule.rawValue, value: JSON.whole(Int($0.count)))
        }
        return [
            "events_read": .whole(Int(accounting.read)), "learned": .whole(Int(accounting.learned)),
            "duplicate": .whole(Int(accounting.duplicate)), "late": .whole(Int(accounting.late)),
            "rejected": .whole(Int(accounting.rejected)), "rejections": .object(rejections),
            "users": .whole(users), "items": .whole(items),
            "lists_written": .whole(Int(counts.listsWritten)),
            "lists_unchanged": .whole(Int(counts.listsUnchanged)),
            "list_failures": .whole(Int(counts.listFailures)), "lists_dropped": .whole(Int(listsDropped)),
            "freshness_p50_ms": .whole(Int(log.freshnessMs.value(atPercentile: 50))),
            "freshness_p99_ms": .whole(Int(log.freshnessMs.value(atPercentile: 99))),
            "checkpoints": .whole(Int(log.checkpoints)),
            "longest_pause_ms": .number(Double(log.pausesNs.max) / 1e6),
            "steps_refused": .whole(Int(clamping: stepsRefused)),
            "rmse": quality.rmse.map(JSON.exact) ?? .null, "complete": .flag(isComplete),
        ]
    }

    private var freshnessText: String {
        guard log.freshnessMs.count > 0 else {
            return "freshness     no list was of an event that came meanwhile"
        }
        return "freshness     p50 \(log.freshnessMs.value(atPercentile: 50)) ms  "
            + "p99 \(log.freshnessMs.value(atPercentile: 99)) ms, of events that came meanwhile"
    }

    var text: String {
        var lines = [
            AccountingText.sum(accounting),
            "users         \(grouped(UInt64(users))), items \(grouped(UInt64(items)))",
            "lists         \(grouped(counts.listsWritten)) written, \(grouped(counts.listsUnchanged)) unchanged, "
                + "\(grouped(counts.listFailures)) failed writes",
            freshnessText,
        ]
        if evictions.areThere {
            lines.append(
                "left memory   \(grouped(evictions.usersAway)) users, \(grouped(evictions.itemsAway)) items; "
                    + "\(grouped(evictions.usersReturned)) and \(grouped(evictions.itemsReturned)) times one came back"
            )
        }
        if listsDropped > 0 {
            lines.append(
                "              \(grouped(listsDropped)) of their last lists found no room while Redis was away; they "
                    + "see an older one until their next event")
        }
        if log.checkpoints > 0 {
            lines.append(
                "state         \(grouped(log.checkpoints)) checkpoints; the stream waited for one at most "
                    + "\(Figures.decimals(Double(log.pausesNs.max) / 1e6, 2)) ms, p99 "
                    + "\(Figures.decimals(Double(log.pausesNs.value(atPercentile: 99)) / 1e6, 2)) ms")
        }
        for rejection in accounting.rejections {
            lines.append("  refused     \(grouped(rejection.count)) \(rejection.rule.rawValue)")
        }
        if let line = Self.line(ofStepsRefused: stepsRefused) { lines.append(line) }
        if let rmse = quality.rmse {
            lines.append("RMSE          \(Figures.decimals(rmse, 4)) test-then-learn")
        }
        return lines.joined(separator: "\n")
    }

    /// `nil` where all steps were taken, as it should be: others are a sign of ratings or strengths that the settings
    /// should not let in.
    static func line(ofStepsRefused count: UInt64) -> String? {
        guard count > 0 else { return nil }
        return
            "steps refused \(grouped(count)), enormous or no number: compare events.rating_min, events.rating_max "
            + "and model.actions with what comes"
    }
}
