/// What a load test does: a file of `loadtest/scenarios`. Each group's file holds the values and, beside them, their
/// rows in the table of keys.
package struct Scenario: KeyedSettings {
    /// One line for whoever looks for the right one.
    package var about = "a load test"
    package var traffic = Traffic()
    package var users = Users()
    package var items = Items()
    package var tastes = Tastes()
    package var mix = Mix()
    package var reader = Reader()
    package var faults = Faults()
    package var expect = Expect()
    package var settings = ProcessorSettings()

    package init() {}

    package static let overrideOption = "--with"

    package static let keys: [KeyRow<Scenario>] =
        [KeyRow("about", \.about, PlainText(bytesMax: 200), "What it shows, for whoever reads the list.")]
        + Traffic.keys + Users.keys + Items.keys + Tastes.keys + Mix.keys + Reader.keys + Faults.keys
        + Expect.keys + ProcessorSettings.keys

    package static let rules: [KeyRule<Scenario>] = [
        KeyRule(paths: ["traffic.trace", "traffic.arrivals"]) { scenario in
            let isTraced = scenario.traffic.arrivals == .trace
            guard isTraced != (scenario.traffic.trace != nil) else { return nil }
            return isTraced
                ? Fault("is missing, and traffic.arrivals is 'trace'", mend: "Name the file of arrivals.")
                : Fault(
                    "names a file, but traffic.arrivals is '\(scenario.traffic.arrivals.rawValue)'",
                    mend: "Write 'arrivals: trace', or remove the file.")
        },
        KeyRule(paths: ["traffic.arrivals", "traffic.loop"]) { scenario in
            guard scenario.traffic.loop == .closed, scenario.traffic.arrivals == .trace else { return nil }
            return Fault(
                "is 'trace', but a closed loop goes as fast as it can",
                mend: "Write 'loop: open', or remove the trace.")
        },
        KeyRule(paths: ["traffic.burst_every_seconds", "traffic.burst_seconds"]) { scenario in
            guard scenario.traffic.burstSeconds >= scenario.traffic.burstEverySeconds else { return nil }
            return Fault(
                "is not longer than a burst, which would never end", mend: "Write more than burst_seconds.")
        },
        KeyRule(paths: ["mix.malformed_percent", "mix.late_percent", "mix.duplicate_percent"]) { scenario in
            let sum =
                scenario.mix.malformedPercent + scenario.mix.latePercent + scenario.mix.duplicatePercent
            guard sum > 90 else { return nil }
            return Fault(
                "leaves with late_percent and duplicate_percent less than 10 % that can be learned",
                mend: "Write less for one of them.")
        },
        KeyRule(paths: ["faults.redis_stall_every_ms", "faults.redis_stall_ms"]) { scenario in
            let faults = scenario.faults
            guard faults.redisStallMs > 0, faults.redisStallEveryMs <= faults.redisStallMs else { return nil }
            return Fault(
                "is not longer than faults.redis_stall_ms, so that Redis would never answer",
                mend: "Write more than \(faults.redisStallMs).")
        },
        KeyRule(paths: ["settings"]) { scenario in
            Settings.load(yaml: "", source: "", overrides: scenario.settings.assignments).findings.first.map {
                Fault("is not sound: \($0.path) \($0.problem)", mend: $0.mend)
            }
        },
    ]
}
