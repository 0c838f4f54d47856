import Foundation
import KafkaLog
import RedisLists
import Settings
import Testing

@testable import streamctl

/// Without timing: what is asserted is that nothing is lost, and that the report says so.
@Suite(.ownThread) struct LoadTestCommandTests {
    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private func loadtest(_ line: String) throws -> Heard {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: "streamctl").path
        return try hear(line) { (arguments, console) throws(CommandFailure) in
            try LoadTestCommand.run(arguments, console: console, program: program, shouldStop: { false })
        }
    }

    private func scenario(_ yaml: String, in scratch: Scratch) throws -> String {
        try scratch.write(
            "small.yaml",
            """
            users: {count: 40, open_sessions: 8}
            items: {count: 30}
            settings: {model.factors: 8, model.history: 20, model.neighbours: 32, merge.max_idle_ms: 60000}
            \(yaml)
            """)
    }

    private struct Report: Decodable {
        struct Events: Decodable, Equatable {
            var events: Int
            var learned: Int
            var duplicate: Int
            var late: Int
            var rejected: Int
        }

        struct Freshness: Decodable {
            var samples: Int
            var missed: Int
        }

        var sent: Events
        var counted: Events
        var nothingLost: Bool
        var freshnessMs: Freshness
        var failures: [String]
    }

    private func report(_ heard: Heard) throws -> Report {
        guard !heard.output.isEmpty else {
            throw Stuck(description: "no report: \(heard.failure ?? "nobody says why"); \(heard.diagnostics)")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Report.self, from: Data(heard.output.utf8))
    }

    @Test func aClosedLoopOfEverythingLosesNothing() throws {
        let scratch = try Scratch()
        let file = try scenario(
            """
            traffic: {loop: closed, events: 600, partitions: 2}
            mix: {feedback_percent: 30, duplicate_percent: 15, late_percent: 10, malformed_percent: 10}
            reader: {samples_per_second: 20000}
            """, in: scratch)
        let heard = try loadtest("loadtest \(file) --json")
        #expect(heard.code == .done, "\(heard.failure ?? "")")
        let report = try report(heard)
        #expect(report.sent.events == 600 && report.counted == report.sent)
        #expect(report.sent.duplicate > 0 && report.sent.late > 0 && report.sent.rejected > 0)
        #expect(report.nothingLost && report.failures.isEmpty)
        #expect(report.freshnessMs.samples > 0 && report.freshnessMs.missed == 0)
    }

    @Test func anOpenLoopLosesNothingWhileRedisStalls() throws {
        let scratch = try Scratch()
        let file = try scenario(
            """
            traffic: {events_per_second: 300, seconds: 1, warm_up_seconds: 0, partitions: 2}
            reader: {samples_per_second: 20000}
            faults: {redis_stall_ms: 100, redis_stall_every_ms: 300}
            """, in: scratch)
        let report = try report(try loadtest("loadtest \(file) --json"))
        #expect(report.sent.events > 200 && report.counted == report.sent && report.nothingLost)
        // Every learnable event but the first, which comes before the clock starts.
        #expect(report.freshnessMs.samples == report.sent.learned - 1 && report.freshnessMs.missed == 0)
    }

    @Test(arguments: [
        ("loadtest nowhere.yaml", "'nowhere.yaml' does not exist. Check the path."),
        ("loadtest a/b.yaml", "'a/b.yaml' does not exist. Check the path."),
    ])
    func aScenarioThatIsNotThereIsSaid(line: String, words: String) throws {
        let heard = try loadtest(line)
        #expect(heard.code == .badConfiguration)
        #expect(heard.failure?.contains(words) == true, "\(heard.failure ?? "")")
    }

    @Test func everyMistakeOfAScenarioIsSaidAtOnce() throws {
        let scratch = try Scratch()
        let file = try scratch.write("bad.yaml", "trafic: {seconds: 5}\nmix:\n  late_percent: lots\n")
        let heard = try loadtest("loadtest \(file) --rate 3M/s --with users.count=0")
        #expect(heard.code == .badConfiguration)
        let lines = heard.diagnostics.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasSuffix("bad.yaml:1: error: trafic is not a known key. Did you mean traffic?"))
        #expect(lines[1].contains("bad.yaml:3: error: mix.late_percent is 'lots'"))
        #expect(
            lines.contains { $0.contains("traffic.events_per_second is 3_000_000, which is out of range") })
    }

    @Test func aBrokerThatIsNotThereIsOneClearLine() throws {
        let scratch = try Scratch()
        let file = try scenario("traffic: {seconds: 1}", in: scratch)
        let heard = try loadtest("loadtest \(file) --set kafka.brokers=127.0.0.1:1")
        #expect(heard.code == .failed)
        #expect(
            heard.failure?.contains("Nothing listens there: start Kafka") == true, "\(heard.failure ?? "")")
        #expect(heard.output.isEmpty)
    }

    @Test func aRedisOfYoursIsNotMadeToStall() throws {
        let scratch = try Scratch()
        let file = try scenario("faults: {redis_stall_ms: 5}", in: scratch)
        let heard = try loadtest("loadtest \(file) --set kafka.brokers=127.0.0.1:1")
        #expect(heard.code == .wrongUsage)
        #expect(heard.failure?.contains("faults.redis_stall_ms=0") == true)
    }

    @Test func aRedisThatIsNotThereIsOneClearLine() throws {
        let servers = try startServers()
        let scratch = try Scratch()
        let file = try scenario("traffic: {seconds: 1}", in: scratch)
        let heard = try loadtest(
            "loadtest \(file) --set kafka.brokers=\(servers.broker.bootstrapServers) "
                + "--set redis.url=redis://127.0.0.1:1")
        #expect(heard.code == .failed)
        #expect(heard.failure?.contains("Redis at") == true, "\(heard.failure ?? "")")
    }

    @Test func aRedisWithoutAKafkaIsNotLeftOutInSilence() throws {
        let scratch = try Scratch()
        let file = try scenario("traffic: {seconds: 1}", in: scratch)
        let heard = try loadtest("loadtest \(file) --set redis.url=redis://127.0.0.1:1")
        #expect(heard.code == .badConfiguration)
        #expect(heard.failure?.hasSuffix("Set kafka.brokers, too, or leave redis.url out.") == true)
    }

    @Test func serversOfYoursAreUsed() throws {
        let servers = try startServers()
        guard case .socket(let path) = servers.redis.address.place else {
            throw Stuck(description: "no socket")
        }
        let scratch = try Scratch()
        let file = try scenario("traffic: {loop: closed, events: 300}", in: scratch)
        let line =
            "loadtest \(file) --json --set kafka.brokers=\(servers.broker.bootstrapServers) "
            + "--set kafka.properties.fetch.wait.max.ms=2 --set redis.url=unix://\(path)"
        #expect(try report(try loadtest(line)).nothingLost)
    }

    @Test func explainSaysWhatCanStandInAScenario() throws {
        #expect(try loadtest("loadtest --explain").output == Scenario.explain())
    }

    @Test func theProjectsScenariosAreSound() throws {
        let files = try TopicFolder.yamlFiles(in: "\(root)/loadtest/scenarios")
        let names = files.map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
        #expect(
            names == [
                "burst", "duplicates", "hot-item", "hot-user", "malformed", "redis-slow", "soak", "steady",
            ])
        for file in files {
            let loaded = Scenario.load(yaml: Array(try Data(contentsOf: URL(filePath: file))), source: file)
            #expect(loaded.findings.map(\.description) == [])
            #expect(loaded.settings.about != Scenario().about)
        }
        #expect(Lint(files, environment: [:]).findings.isEmpty)
    }
}
