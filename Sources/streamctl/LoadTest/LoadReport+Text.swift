import Settings
import Telemetry

extension LoadReport {
    /// The block of figures, one a line.
    var text: String {
        var lines = ["\(scenario): \(plan.scenario.about)"]
        func line(_ name: String, _ value: String) {
            lines.append("  \(name)\(String(repeating: " ", count: max(1, 14 - name.count)))\(value)")
        }
        line("sent", Self.sum(outcome.sent))
        line("rate", rateText)
        line("accounting", isNothingLost ? "as sent, to the last event: nothing lost" : "NOT AS SENT")
        line(
            "lists",
            "\(grouped(UInt64(lists.users))) users must have one: \(grouped(UInt64(lists.missing))) have none, "
                + "\(grouped(UInt64(lists.behind))) are behind")
        line("freshness", freshnessText)
        line("", "\(grouped(freshness.count)) samples, \(grouped(UInt64(missed))) missed; \(resolutionText)")
        line(
            "lag",
            "\(Figures.decimals(lagMean, 0)) events on average, \(grouped(UInt64(lagMax))) at most, "
                + "\(lagGrowth < 0 ? "-" : "+")\(Figures.decimals(abs(lagGrowth), 1)) a second")
        line("processor", processorText)
        line(
            "beside it",
            "\(cores(cpuSeconds.redis)) cores for Redis, \(cores(cpuSeconds.own)) for "
                + (isOwn ? "the broker, the sender and the reader" : "the sender and the reader"))
        return lines.joined(separator: "\n")
    }

    private var rateText: String {
        if let planned = plan.plannedPerSecond {
            return "\(Self.rate(sentPerSecond)) events/s of \(Self.rate(planned)) planned, for "
                + "\(Figures.decimals(outcome.seconds, 1)) s"
        }
        return
            "\(Self.rate(eventsPerSecond)) events/s as fast as it goes, for \(Figures.decimals(seconds, 1)) s"
    }

    private var freshnessText: String {
        guard freshness.count > 0 else { return "nothing was looked for: too few events" }
        let parts = [("p50", 50), ("p90", 90), ("p99", 99), ("p99.9", 99.9), ("max", 100)].map {
            "\($0.0) \(Figures.decimals(freshnessMs($0.1), 1))"
        }
        return
            "\(parts.joined(separator: "  ")) ms from \(plan.endNs == nil ? "sending" : "when it was due") to a GET"
    }

    private var resolutionText: String {
        "good to 0.8 % and \(plan.scenario.reader.pollMs) ms"
            + (leftOut > 0 ? "; \(grouped(UInt64(leftOut))) more could not be looked for" : "")
    }

    private var processorText: String {
        let drift = memoryDrift.map {
            ", \($0 < 0 ? "-" : "+")\(Figures.decimals(abs($0) * 100, 1)) % over the run"
        }
        return
            "\(cores(cpuSeconds.processor)) cores, \(Figures.decimals(cpuMicrosecondsPerEvent, 1)) µs an event; "
            + "\(Figures.decimals(Double(peakBytes) / 1e6, 0)) MB at the peak\(drift ?? "")"
    }

    private func cores(_ cpuSeconds: Double) -> String {
        Figures.decimals(seconds > 0 ? cpuSeconds / seconds : 0, 2)
    }
}
