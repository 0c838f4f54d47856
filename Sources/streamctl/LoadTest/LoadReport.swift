import Load
import Telemetry

/// What a load test has to tell: what was measured, and what does not hold.
struct LoadReport: Sendable {
    var scenario: String
    var plan: LoadPlan
    var isOwn: Bool
    var outcome: LoadBoard.SendOutcome
    /// What the processor says it did with the events.
    var summary: ProcessorUnderTest.Summary
    var lists: LoadLists
    var slices: [LoadCourse.Slice]
    var cpuSeconds: (processor: Double, redis: Double, own: Double)
    /// From the start until everything was done.
    var seconds: Double
    /// From when an event was due until a `GET` showed it, in nanoseconds.
    var freshness: Histogram
    /// The same by slice.
    var freshnessBySlice: [Histogram?]
    var missed: Int
    var leftOut: Int

    /// Events a second, from the first until the processor was done with the last.
    var eventsPerSecond: Double { seconds > 0 ? Double(outcome.sent.sum) / seconds : 0 }

    var cpuMicrosecondsPerEvent: Double {
        outcome.sent.sum == 0 ? 0 : cpuSeconds.processor * 1e6 / Double(outcome.sent.sum)
    }

    /// After the warm-up and while it was sent; all of them where that leaves none.
    var judged: ArraySlice<LoadCourse.Slice> {
        let warmUp = Double(plan.warmUpNs) / 1e9
        let first = slices.firstIndex { $0.seconds > warmUp } ?? 0
        let last = slices.lastIndex { $0.seconds <= outcome.seconds + 1 }.map { $0 + 1 } ?? slices.count
        return first < last ? slices[first..<last] : slices[...]
    }

    var lagMax: Int { judged.map(\.lag).max() ?? 0 }
    var lagMean: Double { judged.isEmpty ? 0 : Double(judged.map(\.lag).reduce(0, +)) / Double(judged.count) }

    /// Events a second by which the lag rises, by least squares.
    var lagGrowth: Double { Trend.slope(of: judged.map { ($0.seconds, Double($0.lag)) }) }

    /// How far the processor's memory has moved over the judged time, by the means of its first and its last tenth, as
    /// a part of the first.
    var memoryDrift: Double? { Trend.drift(of: judged.map { Double($0.residentBytes) }) }

    var peakBytes: Int { slices.map(\.residentBytes).max() ?? 0 }

    func freshnessMs(_ percentile: Double) -> Double? {
        freshness.count == 0 ? nil : Double(freshness.value(atPercentile: percentile)) / 1e6
    }

    /// What became of the events, as the processor counts them.
    var seen: Fates {
        var fates = Fates()
        fates[.learned] = summary.learned
        fates[.duplicate] = summary.duplicate
        fates[.late] = summary.late
        fates[.rejected] = summary.rejected
        return fates
    }

    /// Whether every event met its fate, and every list knows its user's newest event.
    var isNothingLost: Bool {
        seen == outcome.sent && summary.eventsRead == outcome.sent.sum && summary.complete
            && outcome.failed == 0 && lists.missing == 0 && lists.behind == 0
    }
}

extension LoadReport {
    init(
        name: String, plan: LoadPlan, place: LoadPlace, outcome: LoadBoard.SendOutcome,
        summary: ProcessorUnderTest.Summary, lists: LoadLists, course: LoadCourse,
        freshness: (all: Histogram, slices: [Histogram?], missed: Int, leftOut: Int)
    ) {
        self.init(
            scenario: name, plan: plan, isOwn: place.isOwn, outcome: outcome, summary: summary, lists: lists,
            slices: course.slices, cpuSeconds: course.cpuSeconds, seconds: course.seconds,
            freshness: freshness.all, freshnessBySlice: freshness.slices, missed: freshness.missed,
            leftOut: freshness.leftOut)
    }
}
