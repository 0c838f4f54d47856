import Events
import Foundation
import RedisLists
import Testing

@testable import streamctl

/// What the program tells of itself when it is over, orderly or not.
@Suite(.ownThread) struct MetricsFileTests {
    @Test func metricsSayWhatWasDone() throws {
        let scratch = try Scratch()
        let file = URL(filePath: "\(scratch.path)/freshet.prom")
        let trial = try OutageTrial.start(set: [
            "log.metrics_file=\(file.path)", "state.checkpoint_seconds=3600",
        ])
        try trial.publish(0..<50)
        try trial.waitForLists(of: 0..<50)
        try trial.expectOrderlyEnd(learned: 0..<50)
        let text = try String(contentsOf: file, encoding: .utf8)
        for line in [
            "freshet_events_learned_total 50", #"freshet_outages_total{part="redis"} 0"#,
            #"freshet_outage{part="kafka"} 0"#, "freshet_checkpoint_seconds_count 1",
            #"freshet_events_consumed_total{topic="ratings.v1"} 50"#,
            "freshet_event_processing_seconds_count 50",
            "freshet_lists_dropped_total 0", "freshet_log_gaps_total 0",
            "freshet_model_steps_refused_total 0",
            #"kafka_consumergroup_lag{consumergroup="freshet",topic="ratings.v1",partition="1"} 0"#,
            #"kafka_consumergroup_lag_seconds{consumergroup="freshet",topic="ratings.v1",partition="1"} 0"#,
        ] { #expect(text.contains("\(line)\n"), "\(line) is missing in \(text)") }
        #expect(!text.contains("freshet_redis_write_seconds_count 0\n"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["freshet.prom"])
        try expectNoComplaint(about: text)
    }

    /// Nothing is said of steps as long as all were taken.
    @Test func refusedStepsAreSummedUp() {
        #expect(ServiceSummary.line(ofStepsRefused: 0) == nil)
        #expect(
            ServiceSummary.line(ofStepsRefused: 1_234)?.hasPrefix("steps refused 1,234, enormous ") == true)
    }

    /// What only a person can mend ends it; what was learned before is kept, and the sum is printed.
    @Test func aTroubleEndsItWithTheSum() throws {
        var trial = try OutageTrial.start(set: ["state.checkpoint_seconds=3600"])
        try trial.publish(0..<50)
        try trial.waitForLists(of: 0..<50)
        let user = trial.ratings.byUser(rows: 50..<51).keys.first?.text ?? ""
        let key = "reco:v1:{u:\(user)}:profile"
        _ = try trial.servers.redis.ask("DEL", key)
        _ = try trial.servers.redis.ask("SET", key, "not ours")
        try trial.publish(50..<51)
        let end = try trial.program.end()
        #expect(end.code == 1)
        #expect(end.output.hasPrefix("events read   51 = 51 learned"), "\(end.output)")
        #expect(trial.program.said.contains("error: Redis at "), "\(trial.program.said)")
        _ = try trial.servers.redis.ask("DEL", key)
        try trial.startAgain(set: ["log.level=info"])
        try trial.waitForLists(of: 0..<51)
        #expect(trial.program.said.contains("learned=51"), "\(trial.program.said)")
        try trial.expectOrderlyEnd(learned: 0..<51)
    }

    /// Prometheus' own tool, where it is installed.
    private func expectNoComplaint(about text: String) throws {
        let tool = URL(filePath: "/usr/bin/promtool")
        guard FileManager.default.isExecutableFile(atPath: tool.path) else { return }
        let (process, input) = (Process(), Pipe())
        process.executableURL = tool
        process.arguments = ["check", "metrics"]
        process.standardInput = input
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
