import Foundation
import Load
import Settings
import Telemetry
import Testing

@testable import streamctl

@Suite struct LoadReportTests {
    private func fates(_ learned: UInt64, _ duplicate: UInt64 = 0, _ late: UInt64 = 0, _ rejected: UInt64 = 0)
        -> Fates
    {
        var fates = Fates()
        for (fate, count) in zip(LoadEvent.Fate.allCases, [learned, duplicate, late, rejected]) {
            fates[fate] = count
        }
        return fates
    }

    /// Ten seconds at 100 events a second, of which 12 ms are the rule.
    private func sound(_ change: (inout Scenario) -> Void = { _ in }) throws -> LoadReport {
        var scenario = Scenario()
        scenario.traffic.eventsPerSecond = 100
        scenario.traffic.seconds = 10
        scenario.traffic.warmUpSeconds = 0
        change(&scenario)
        var freshness = Histogram()
        freshness.record(12_000_000, times: 1_000)
        let slices = (1...10).map { second in
            LoadCourse.Slice(
                seconds: Double(second), sent: second * 100, done: second * 100 - 5, lag: 5, cpuCores: 0.5,
                residentBytes: 100_000_000)
        }
        return LoadReport(
            scenario: "steady", plan: try LoadPlan(scenario, settings: Settings(), run: "x"), isOwn: true,
            outcome: LoadBoard.SendOutcome(
                sent: fates(900, 50, 30, 20), delivered: 1_000, failed: 0, firstFailure: nil,
                longestDelayNs: 0, keptItsRate: true, seconds: 10, newestMs: []),
            summary: .init(
                eventsRead: 1_000, learned: 900, duplicate: 50, late: 30, rejected: 20, listsWritten: 800,
                listsUnchanged: 100, complete: true),
            lists: LoadLists(users: 40), slices: slices, cpuSeconds: (5, 1, 2), seconds: 10,
            freshness: freshness, freshnessBySlice: [freshness], missed: 0, leftOut: 0)
    }

    @Test func aSoundRunHasNothingToComplainOf() throws {
        let report = try sound()
        #expect(report.failures.isEmpty && report.isNothingLost && report.keepsUp)
        #expect(report.eventsPerSecond == 100 && report.cpuMicrosecondsPerEvent == 5_000)
        #expect(report.lagMean == 5 && report.lagMax == 5 && report.lagGrowth == 0 && report.memoryDrift == 0)
        #expect(report.text.contains("1,000 = 900 learned + 50 duplicate + 30 late + 20 rejected"))
        #expect(report.text.contains("p50 12.0  p90 12.0  p99 12.0  p99.9 12.0  max 12.0 ms"))
        #expect(report.text.contains("nothing lost"))
        #expect("\(report.json)".contains(#""nothing_lost":true"#))
        _ = try JSONSerialization.jsonObject(with: Data("\(report.json)".utf8))
    }

    @Test func whateverDoesNotHoldIsSaid() throws {
        let changes: [((inout LoadReport) -> Void, String)] = [
            ({ $0.summary.learned -= 1 }, "the accounting differs"),
            ({ $0.summary.eventsRead += 1 }, "the accounting differs"),
            ({ $0.summary.complete = false }, "stopped before everything was written"),
            ({ $0.missed = 3 }, "3 events did not show in Redis in time"),
            ({ $0.lists = LoadLists(users: 40, missing: 2) }, "2 users have no list"),
            ({ $0.lists = LoadLists(users: 40, behind: 1) }, "1 list do not know"),
            ({ $0.outcome.failed = 4 }, "4 events did not reach Kafka"),
            (
                { ($0.outcome.keptItsRate, $0.outcome.seconds) = (false, 20) },
                "the rate was not kept: 50 events/s of 100"
            ),
        ]
        for (change, words) in changes {
            var report = try sound()
            change(&report)
            #expect(report.failures.count == 1 && report.failures[0].contains(words), "\(report.failures)")
        }
    }

    /// A backlog that rises tells how long the run was, and nothing about how fast it is.
    @Test func aProcessorThatFallsBehindIsSaid() throws {
        var report = try sound()
        for index in report.slices.indices { report.slices[index].lag = 15 * (index + 1) }
        #expect(report.keepsUp && abs(report.lagGrowth - 15) < 1e-9)
        report.slices[9].lag = 700
        #expect(!report.keepsUp)
        #expect(report.failures.contains { $0.hasPrefix("the processor did not keep up: 700 events waited") })
    }

    @Test func whatTheScenarioExpectsIsAskedFor() throws {
        let report = try sound {
            ($0.expect.freshnessP99Ms, $0.expect.freshnessP999Ms, $0.expect.lagMax) = (11, 20, 4)
        }
        #expect(report.failures.count == 2)
        #expect(report.failures[0] == "freshness p99 is 12.0 ms, and 11 ms are expected")
        #expect(report.failures[1] == "5 events waited at a time, and at most 4 are expected")
        var drifting = try sound { $0.expect.memoryDriftPercent = 2 }
        drifting.slices[9].residentBytes = 103_000_000
        #expect(drifting.failures == ["the processor's memory moved by 3.0 %, and at most 2 % are expected"])
    }

    @Test func theWarmUpIsNotJudged() throws {
        var report = try sound { $0.traffic.warmUpSeconds = 3 }
        report.slices[0].lag = 90_000
        #expect(report.judged.count == 7 && report.lagMax == 5)
    }

    @Test func chartsAreDrawn() throws {
        let scratch = try Scratch()
        let folder = "\(scratch.path)/charts'"
        let script = LoadCharts(try sound()).script(folder: folder)
        #expect(LoadCharts.files.allSatisfy { script.contains($0) })
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/gnuplot") else { return }
        try LoadCharts(try sound()).draw(into: folder)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == LoadCharts.files.sorted())
        for file in LoadCharts.files {
            #expect(try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).contains("<path"))
        }
    }
}

@Suite struct LoadArithmeticTests {
    @Test func slopeIsThatOfTheLeastSquares() {
        #expect(Trend.slope(of: []) == 0 && Trend.slope(of: [(1, 5)]) == 0)
        #expect(Trend.slope(of: [(0, 1), (1, 3), (2, 5)]) == 2)
        #expect(Trend.slope(of: [(0, 0), (1, 3), (2, 0), (3, 3)]) == 0.6)
        #expect(Trend.slope(of: [(2, 1), (2, 9)]) == 0)
    }

    @Test func driftComparesTheEnds() {
        #expect(Trend.drift(of: [100]) == nil)
        #expect(Trend.drift(of: [100, 150]) == 0.5)
        let values = [100, 100] + [Double](repeating: 900, count: 16) + [101, 103]
        #expect(abs((Trend.drift(of: values) ?? 0) - 0.02) < 1e-12)
    }

    /// The name of a program may hold blanks and parentheses.
    @Test func usageIsReadFromProc() {
        let stat = "42 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 250 150 0 0 20 0 8 0 1 2 3"
        let usage = ProcessUsage(
            stat: stat, statm: "900 300 5 1 0 2 0\n", ticksPerSecond: 100, pageBytes: 4_096)
        #expect(usage?.cpuSeconds == 4 && usage?.residentBytes == 300 * 4_096)
        #expect(ProcessUsage(stat: "", statm: "", ticksPerSecond: 100, pageBytes: 1) == nil)
        #expect((ProcessUsage.of(getpid())?.residentBytes ?? 0) > 1_000_000)
    }

    @Test func aTraceIsReadLineByLine() throws {
        #expect(try ArrivalTrace.parse("# two\n0\n\n0.5 # half\n 7 \n", path: "t") == [0, 0.5, 7])
        for (text, words) in [
            ("1\n0.5\n", "t:2: not a number of seconds, or one before"), ("x", "t:1: not a number"),
            ("-1", "t:1: not a number"), ("", "holds no arrival"), ("1e9", "t:1:"),
        ] {
            #expect(throws: CommandFailure.self) { try ArrivalTrace.parse(text, path: "t") }
            do throws(CommandFailure) {
                _ = try ArrivalTrace.parse(text, path: "t")
            } catch {
                #expect(error.message.contains(words) && error.code == .badConfiguration)
            }
        }
    }

    /// The embedded broker must not drop what was not read yet.
    @Test func theSenderHoldsBackByTheBusiestPartition() throws {
        func ahead(_ hot: Float, partitions: Int) throws -> Int {
            var scenario = Scenario()
            (scenario.users.hotPercent, scenario.traffic.partitions) = (hot, partitions)
            return try LoadPlan(scenario, settings: Settings(), run: "x").aheadMax(partitionBytes: 5 << 20)
        }
        #expect(try ahead(100, partitions: 8) == 20_695)
        #expect(try ahead(0, partitions: 1) == 20_695)
        #expect(try ahead(0, partitions: 4) > 60_000)
    }
}
