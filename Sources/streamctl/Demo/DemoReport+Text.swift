import Pipeline
import RedisLists
import Telemetry

extension DemoReport {
    /// The block of figures, one a line.
    var text: String {
        var lines: [String] = []
        func line(_ name: String, _ value: String) {
            lines.append("  \(name)\(String(repeating: " ", count: max(1, 14 - name.count)))\(value)")
        }
        lines.append("  \(AccountingText.sum(accounting))")
        line(
            "speed",
            "\(grouped(UInt64(eventsPerSecond))) events/s, both heads learning, lists kept fresh in Redis")
        line(
            "ratings",
            "RMSE \(Figures.decimals(rmse, 4))  MAE \(Figures.decimals(mae, 4)), each predicted before it was learned"
        )
        line(
            "rankings",
            positivesJudged == 0
                ? "no positives of the last fifth to judge them by"
                : "HR@10 \(Figures.decimals(hitRatioAt10, 4))  NDCG@10 \(Figures.decimals(ndcgAt10, 4)), "
                    + "\(grouped(positivesJudged)) positives of the last fifth, likewise")
        line(
            "freshness",
            freshness.count == 0
                ? "no probes: too few ratings"
                : "p50 \(Figures.decimals(freshnessP50Ms, 1)) ms  p99 \(Figures.decimals(freshnessP99Ms, 1)) ms "
                    + "from Kafka to a GET, \(grouped(freshness.count)) probes at "
                    + "\(grouped(UInt64(steadyRate))) events/s")
        line(
            "lists",
            "\(grouped(UInt64(usersWithList))) of \(grouped(UInt64(users))) users have one; "
                + (listsWithRated == 0
                    ? "none holds an item its user rated" : "\(listsWithRated) HOLD AN ITEM THEIR USER RATED")
        )
        line("memory", "\(Figures.decimals(peakMegabytes, 0)) MB at the peak")
        return lines.joined(separator: "\n")
    }

    /// How to read a list, and how to stop the server, with `--keep`.
    var keepAdvice: String? {
        guard let redis, let someUser else { return nil }
        let key = RedisAddress.quoted(RedisKey.top(someUser).text)
        return """
              Redis is left running. Read a list:
                \(redis.commandLine) GET \(key)
              Stop it:
                kill \(redisPid)
            """
    }

    /// The object of `--json`.
    var json: String {
        var fields: [(String, String)] = [
            ("events_read", "\(accounting.read)"), ("learned", "\(accounting.learned)"),
            ("duplicate", "\(accounting.duplicate)"), ("late", "\(accounting.late)"),
            ("rejected", "\(accounting.rejected)"), ("updates", "\(accounting.updates)"),
            ("events_per_second", Figures.decimals(eventsPerSecond, 0)), ("rmse", Figures.decimals(rmse, 6)),
            ("mae", Figures.decimals(mae, 6)), ("hit_ratio_at_10", Figures.decimals(hitRatioAt10, 6)),
            ("ndcg_at_10", Figures.decimals(ndcgAt10, 6)),
            ("freshness_p50_ms", Figures.decimals(freshnessP50Ms, 3)),
            ("freshness_p99_ms", Figures.decimals(freshnessP99Ms, 3)),
            ("freshness_probes", "\(freshness.count)"),
            ("users", "\(users)"), ("users_with_list", "\(usersWithList)"),
            ("lists_with_rated_items", "\(listsWithRated)"),
            ("peak_rss_mb", Figures.decimals(peakMegabytes, 1)),
        ]
        if let redis {
            fields.append(("redis", jsonString("\(redis)")))
            fields.append(("redis_pid", "\(redisPid)"))
        }
        return "{" + fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }
}
