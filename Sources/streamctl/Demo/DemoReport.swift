import Events
import Pipeline
import RedisLists
import Telemetry

/// What the demo has to tell, and the checks that it must hold.
struct DemoReport {
    var accounting: Accounting
    /// Events that were published: what must have been read.
    var published: Int
    /// Of these, those that went as fast as they could, and the seconds that took.
    var fastEvents: Int
    var seconds: Double
    var rmse: Double?
    var mae: Double?
    var hitRatioAt10: Double?
    var ndcgAt10: Double?
    var positivesJudged: UInt64
    var freshness: Histogram
    var freshnessMissed: Int
    var steadyRate: Double
    var users: Int
    var usersWithList: Int
    /// Lists that hold an item which their user rated. Must be 0.
    var listsWithRated: Int
    var peakBytes: Int
    /// Where Redis is left running, with `--keep`.
    var redis: RedisAddress?
    var redisPid: Int32
    /// The first user who has a list.
    var someUser: Identifier?

    /// End to end, over the fast part; over all where a rate was asked for.
    var eventsPerSecond: Double {
        seconds > 0 ? Double(fastEvents > 0 ? fastEvents : published) / seconds : 0
    }

    var freshnessP50Ms: Double? { freshnessMs(atPercentile: 50) }
    var freshnessP99Ms: Double? { freshnessMs(atPercentile: 99) }
    var peakMegabytes: Double { Double(peakBytes) / 1e6 }

    /// `nil` where nothing was watched.
    private func freshnessMs(atPercentile percentile: Double) -> Double? {
        freshness.count == 0 ? nil : Double(freshness.value(atPercentile: percentile)) / 1e6
    }

    /// What does not hold, each as a sentence; empty when all is well.
    var failures: [String] {
        var failures: [String] = []
        if !accounting.isBalanced {
            failures.append("the sum of what became of the events is not what was read")
        }
        if accounting.read != UInt64(published) {
            failures.append("\(published) events were published but \(accounting.read) were read")
        }
        if usersWithList != users { failures.append("\(users - usersWithList) users have no list") }
        if listsWithRated > 0 {
            failures.append("\(listsWithRated) lists hold an item that their user rated")
        }
        if freshnessMissed > 0 { failures.append("\(freshnessMissed) events did not show in Redis in time") }
        return failures
    }
}
