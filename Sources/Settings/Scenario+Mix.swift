extension Scenario {
    /// `mix`: what becomes of events on their way.
    package struct Mix: Equatable, Sendable {
        package var feedbackPercent: Float = 30
        package var duplicatePercent: Float = 0
        package var duplicateWithin = 10_000
        package var latePercent: Float = 0
        package var malformedPercent: Float = 0
    }

    /// `reader`: how freshness is measured.
    package struct Reader: Equatable, Sendable {
        package var samplesPerSecond = 200
        package var pollMs = 1
        package var patienceSeconds = 30
    }

    /// `faults`: what goes wrong around.
    package struct Faults: Equatable, Sendable {
        package var redisStallMs = 0
        package var redisStallEveryMs = 1_000
    }

    /// `expect`: what the run must reach; 0 asks nothing.
    package struct Expect: Equatable, Sendable {
        package var freshnessP99Ms = 0
        package var freshnessP999Ms = 0
        package var memoryDriftPercent = 0
        package var lagMax = 0
    }
}

extension Scenario.Mix {
    static let keys: [KeyRow<Scenario>] = [
        KeyRow(
            "mix.feedback_percent", \.mix.feedbackPercent, DecimalNumber(0...100), unit: "%",
            "Share of clicks, plays and the like; the others are ratings."),
        KeyRow(
            "mix.duplicate_percent", \.mix.duplicatePercent, DecimalNumber(0...90), unit: "%",
            "Share of events that are an earlier one once more, byte for byte."),
        KeyRow(
            "mix.duplicate_within", \.mix.duplicateWithin, WholeNumber(1...100_000), unit: "events",
            "How many events earlier that one was at most."),
        KeyRow(
            "mix.late_percent", \.mix.latePercent, DecimalNumber(0...90), unit: "%",
            "Share of events from longer ago than window.lateness_seconds allows."),
        KeyRow(
            "mix.malformed_percent", \.mix.malformedPercent, DecimalNumber(0...90), unit: "%",
            "Share of records that break a rule and must end as dead letters."),
    ]
}

extension Scenario.Reader {
    static let keys: [KeyRow<Scenario>] = [
        KeyRow(
            "reader.samples_per_second", \.reader.samplesPerSecond, WholeNumber(1...20_000),
            unit: "events/s", "Events whose list is looked for in Redis; more measure finer, and load more."),
        KeyRow(
            "reader.poll_ms", \.reader.pollMs, WholeNumber(1...1_000), unit: "ms",
            "Pause between two looks, which is the resolution of the freshness."),
        KeyRow(
            "reader.patience_seconds", \.reader.patienceSeconds, WholeNumber(1...3_600), unit: "s",
            "How long after the last event a list may take; then it counts as missed."),
    ]
}

extension Scenario.Faults {
    static let keys: [KeyRow<Scenario>] = [
        KeyRow(
            "faults.redis_stall_ms", \.faults.redisStallMs, WholeNumber(0...60_000), unit: "ms",
            "How long the embedded Redis takes no writes, again and again; 0 is never."),
        KeyRow(
            "faults.redis_stall_every_ms", \.faults.redisStallEveryMs, WholeNumber(10...600_000), unit: "ms",
            "From the beginning of one stall to that of the next."),
    ]
}

extension Scenario.Expect {
    static let keys: [KeyRow<Scenario>] = [
        KeyRow(
            "expect.freshness_p99_ms", \.expect.freshnessP99Ms, WholeNumber(0...3_600_000), unit: "ms",
            "The run fails when one event in a hundred takes longer; 0 asks nothing."),
        KeyRow(
            "expect.freshness_p999_ms", \.expect.freshnessP999Ms, WholeNumber(0...3_600_000), unit: "ms",
            "The run fails when one event in a thousand takes longer; 0 asks nothing."),
        KeyRow(
            "expect.memory_drift_percent", \.expect.memoryDriftPercent, WholeNumber(0...1_000), unit: "%",
            "The run fails when the processor's memory ends so far from where it stood; 0 asks nothing."),
        KeyRow(
            "expect.lag_max", \.expect.lagMax, WholeNumber(0...1_000_000_000), unit: "events",
            "The run fails when more events wait at any moment after the warm-up; 0 asks nothing."),
    ]
}
