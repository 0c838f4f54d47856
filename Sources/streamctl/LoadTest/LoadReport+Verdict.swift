import Load
import Settings
import Telemetry

extension LoadReport {
    /// An open loop whose sender could not send when it should: the latencies tell of it, the rate is not the one asked
    /// for.
    private var rateFailure: String? {
        guard !outcome.keptItsRate, let planned = plan.plannedPerSecond else { return nil }
        return
            "the rate was not kept: \(Self.rate(sentPerSecond)) events/s of \(Self.rate(planned)) were sent, the "
            + "longest \(Figures.decimals(Double(outcome.longestDelayNs) / 1e9, 1)) s after it was due. Lower "
            + "traffic.events_per_second, or give the machine more cores"
    }

    /// An open loop that piles up events measures how long it ran, not how fast it is.
    private var backlogFailure: String? {
        guard let planned = plan.plannedPerSecond, !keepsUp else { return nil }
        return
            "the processor did not keep up: \(grouped(UInt64(judged.last?.lag ?? 0))) events waited at the end, "
            + "\(Self.rate(lagGrowth)) more every second of \(Self.rate(planned)). Lower "
            + "traffic.events_per_second, or give the processor more"
    }

    /// Whether what waits stays below two seconds' worth, or at least does not rise.
    var keepsUp: Bool {
        guard let planned = plan.plannedPerSecond, let last = judged.last else { return true }
        return Double(last.lag) <= 2 * planned || lagGrowth <= planned / 100
    }

    /// Events a second while they were sent.
    var sentPerSecond: Double { outcome.seconds > 0 ? Double(outcome.sent.sum) / outcome.seconds : 0 }

    /// What does not hold, each as a sentence without its full stop; empty when all is well.
    var failures: [String] {
        var failures = [rateFailure, backlogFailure].compactMap(\.self)
        if outcome.failed > 0 {
            failures.append(
                "\(outcome.failed) events did not reach Kafka: \(outcome.firstFailure ?? "nobody says why")")
        }
        if seen != outcome.sent || summary.eventsRead != outcome.sent.sum {
            failures.append(
                "the accounting differs: sent were \(Self.sum(outcome.sent)), the processor counted "
                    + "\(Self.sum(seen))")
        }
        if !summary.complete { failures.append("the processor stopped before everything was written") }
        if missed > 0 { failures.append("\(counted(missed, "event")) did not show in Redis in time") }
        if lists.missing > 0 { failures.append("\(counted(lists.missing, "user")) have no list") }
        if lists.behind > 0 {
            failures.append("\(counted(lists.behind, "list")) do not know their user's newest event")
        }
        return failures + unmet
    }

    /// What the scenario expects and did not get.
    private var unmet: [String] {
        let expect = plan.scenario.expect
        var unmet: [String] = []
        for (name, percentile, limitMs) in [
            ("p99", 99, expect.freshnessP99Ms), ("p99.9", 99.9, expect.freshnessP999Ms),
        ] where limitMs > 0 {
            let ms = freshnessMs(percentile) ?? .infinity
            guard ms > Double(limitMs) else { continue }
            unmet.append("freshness \(name) is \(Figures.decimals(ms, 1)) ms, and \(limitMs) ms are expected")
        }
        if expect.lagMax > 0, lagMax > expect.lagMax {
            unmet.append("\(lagMax) events waited at a time, and at most \(expect.lagMax) are expected")
        }
        if expect.memoryDriftPercent > 0, let drift = memoryDrift,
            abs(drift) * 100 > Double(expect.memoryDriftPercent)
        {
            unmet.append(
                "the processor's memory moved by \(Figures.decimals(drift * 100, 1)) %, and at most "
                    + "\(expect.memoryDriftPercent) % are expected")
        }
        return unmet
    }

    static func rate(_ perSecond: Double) -> String { grouped(UInt64(max(0, perSecond.rounded()))) }

    static func sum(_ fates: Fates) -> String {
        "\(grouped(fates.sum)) = \(grouped(fates[.learned])) learned + \(grouped(fates[.duplicate])) duplicate"
            + " + \(grouped(fates[.late])) late + \(grouped(fates[.rejected])) rejected"
    }
}
