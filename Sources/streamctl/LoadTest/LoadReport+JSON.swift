import Load
import Settings
import Telemetry

extension LoadReport {
    /// The object of `--json`.
    var json: JSON {
        [
            "scenario": .text(scenario), "loop": .text(plan.scenario.traffic.loop.rawValue),
            "servers": .text(isOwn ? "embedded" : "own"), "seconds": .number(seconds),
            "planned_per_second": plan.plannedPerSecond.map(JSON.number) ?? .null,
            "sent_per_second": .number(sentPerSecond), "events_per_second": .number(eventsPerSecond),
            "rate_kept": .flag(outcome.keptItsRate), "kept_up": .flag(keepsUp),
            "longest_send_delay_ms": .number(Double(outcome.longestDelayNs) / 1e6),
            "sent": Self.json(outcome.sent), "counted": Self.json(seen),
            "nothing_lost": .flag(isNothingLost),
            "lists": [
                "users": .whole(lists.users), "missing": .whole(lists.missing),
                "behind": .whole(lists.behind),
                "written": .whole(Int(summary.listsWritten)),
                "unchanged": .whole(Int(summary.listsUnchanged)),
            ],
            "freshness_ms": freshnessJSON,
            "lag": [
                "mean": .number(lagMean), "max": .whole(lagMax), "growth_per_second": .number(lagGrowth),
            ],
            "processor": [
                "cpu_seconds": .number(cpuSeconds.processor),
                "cpu_us_per_event": .number(cpuMicrosecondsPerEvent), "peak_bytes": .whole(peakBytes),
                "memory_drift": memoryDrift.map { .exact($0) } ?? .null,
            ],
            "redis_cpu_seconds": .number(cpuSeconds.redis), "own_cpu_seconds": .number(cpuSeconds.own),
            "failures": .list(failures.map(JSON.text)), "slices": .list(slices.indices.map(sliceJSON)),
        ]
    }

    private var freshnessJSON: JSON {
        func ms(_ percentile: Double) -> JSON { freshnessMs(percentile).map(JSON.number) ?? .null }
        return [
            "p50": ms(50), "p90": ms(90), "p99": ms(99), "p999": ms(99.9), "max": ms(100),
            "samples": .whole(Int(freshness.count)), "missed": .whole(missed), "left_out": .whole(leftOut),
            "resolution_ms": .whole(plan.scenario.reader.pollMs), "relative_error": .exact(0.008),
        ]
    }

    private func sliceJSON(_ index: Int) -> JSON {
        let slice = slices[index]
        return [
            "seconds": .number(slice.seconds), "sent": .whole(slice.sent), "done": .whole(slice.done),
            "lag": .whole(slice.lag), "cpu_cores": .number(slice.cpuCores),
            "resident_bytes": .whole(slice.residentBytes),
            "freshness_p50_ms": sliceMs(index, 50).map(JSON.number) ?? .null,
            "freshness_p99_ms": sliceMs(index, 99).map(JSON.number) ?? .null,
        ]
    }

    /// Of the events that were due in a slice of time; `nil` where none was looked for.
    func sliceMs(_ index: Int, _ percentile: Double) -> Double? {
        guard index < freshnessBySlice.count, let histogram = freshnessBySlice[index] else { return nil }
        return Double(histogram.value(atPercentile: percentile)) / 1e6
    }

    private static func json(_ fates: Fates) -> JSON {
        [
            "events": .whole(Int(fates.sum)), "learned": .whole(Int(fates[.learned])),
            "duplicate": .whole(Int(fates[.duplicate])), "late": .whole(Int(fates[.late])),
            "rejected": .whole(Int(fates[.rejected])),
        ]
    }
}
