import Settings
import Testing

struct ScenarioTests {
    private func load(_ yaml: String, _ overrides: String...) -> Loaded<Scenario> {
        Scenario.load(yaml: yaml, source: "a.yaml", overrides: overrides)
    }

    /// A property without a row could never be set: every stored value has exactly one.
    @Test func hasARowForEveryProperty() {
        func leaves(_ value: Any) -> Int {
            let name = "\(type(of: value))"
            guard
                ["Scenario", "Traffic", "Users", "Items", "Tastes", "Mix", "Reader", "Faults", "Expect"]
                    .contains(name)
            else { return 1 }
            return Mirror(reflecting: value).children.map { leaves($0.value) }.reduce(0, +)
        }
        #expect(leaves(Scenario()) == Scenario.keys.count)
        #expect(Set(Scenario.keys.map(\.path)).count == Scenario.keys.count)
    }

    @Test(arguments: Scenario.keys.filter { $0.standard != "{}" }.map { "\($0.path)=\($0.standard)" })
    func takesItsOwnDefaults(override: String) {
        let loaded = load("", override)
        #expect(loaded.findings.isEmpty)
        #expect(loaded.settings == Scenario())
    }

    @Test(arguments: Scenario.keys.map(\.reason))
    func givesAReasonInOneLine(reason: String) {
        #expect((10...100).contains(reason.count))
        #expect(reason.hasSuffix("."))
    }

    @Test func takesWhatIsThereAndLeavesTheRest() {
        let loaded = load(
            """
            about: a test
            traffic: {loop: closed, events: 5_000, arrivals: even}
            users:
              hot_percent: 12.5
            settings:
              window.dedupe_seconds: 900
              kafka.properties.client.id: x
            """, "items.zipf=1.1")
        #expect(loaded.findings.isEmpty)
        #expect(loaded.settings.about == "a test")
        #expect(loaded.settings.traffic.loop == .closed && loaded.settings.traffic.events == 5_000)
        #expect(loaded.settings.users.hotPercent == 12.5 && loaded.settings.items.zipf == 1.1)
        #expect(
            loaded.settings.settings.assignments
                == ["kafka.properties.client.id=x", "window.dedupe_seconds=900"])
    }

    @Test func findsEveryMistakeAtOnce() {
        let loaded = load(
            """
            traffic:
              events_per_secnod: 5
              events_per_second: 0
              loop: opened
              arrivals: trace
            user:
              count: 5
            mix:
              duplicate_percent: 50
              late_percent: 45
            faults:
              redis_stall_ms: 2_000
            settings:
              window.latenes_seconds: 5
              window.dedupe_seconds: soon
            """, "traffic.seconds=-1", "items=5", "reader")
        #expect(
            loaded.findings.map(\.description) == [
                "a.yaml:2: error: traffic.events_per_secnod is not a known key. "
                    + "Did you mean traffic.events_per_second?",
                "a.yaml:3: error: traffic.events_per_second is 0, which is out of range. "
                    + "Write a whole number from 1 to 2_000_000 (events/s); the default is 20_000.",
                "a.yaml:4: error: traffic.loop is 'opened', which it does not know. Did you mean open?",
                "a.yaml:5: error: traffic.trace is missing, and traffic.arrivals is 'trace'. "
                    + "Name the file of arrivals.",
                "a.yaml:6: error: user is not a known key. Did you mean users?",
                "a.yaml:10: error: mix.malformed_percent leaves with late_percent and duplicate_percent less than "
                    + "10 % that can be learned. Write less for one of them.",
                "a.yaml:12: error: faults.redis_stall_every_ms is not longer than faults.redis_stall_ms, so that "
                    + "Redis would never answer. Write more than 2000.",
                "a.yaml:14: error: settings.window.latenes_seconds is not a known key. "
                    + "Did you mean window.lateness_seconds?",
                "a.yaml:15: error: settings.window.dedupe_seconds is 'soon', which is not a whole number. "
                    + "Write a whole number from 0 to 2_592_000 (seconds); the default is 600.",
                "--with: error: traffic.seconds is -1, which is out of range. "
                    + "Write a whole number from 1 to 86_400 (s); the default is 60.",
                "--with: error: items is a group of keys. Set one of its keys, such as items.count.",
                "--with: error: --with reader has no '='. Write --with key.path=value.",
            ])
        #expect(!loaded.isUsable)
    }

    @Test(arguments: [
        ("traffic: {trace: a.txt}", "names a file, but traffic.arrivals is 'poisson'"),
        ("traffic: {trace: a.txt, arrivals: trace, loop: closed}", "a closed loop goes as fast as it can"),
        ("traffic: {burst_seconds: 10}", "is not longer than a burst"),
        ("settings: {window.dedupe_seconds: 5}", "is not sound: window.dedupe_seconds is 5, below"),
    ])
    func refusesWhatDoesNotGoTogether(yaml: String, words: String) {
        #expect(load(yaml).findings.map(\.problem).contains { $0.contains(words) })
    }

    @Test func explainsEveryKey() {
        let text = Scenario.explain()
        #expect(Scenario.keys.allSatisfy { text.contains($0.path) && text.contains($0.reason) })
    }
}
