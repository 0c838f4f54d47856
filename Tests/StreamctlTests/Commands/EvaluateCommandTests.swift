import Evaluation
import Foundation
import Model
import Pipeline
import Settings
import Testing

@testable import streamctl

@Suite struct EvaluateCommandTests {
    /// What is dumped is enough to work the figures out again, with nothing known of the model.
    @Test(arguments: ["", "--no-catalog"])
    func theReportCanBeWorkedOutFromTheDump(options: String) throws {
        let scratch = try Scratch()
        let dump = "\(scratch.path)/expected.csv"
        let report = try evaluate("\(Self.movieLens) --limit 3000 --dump \(dump) \(options)")
        let lines = try String(contentsOfFile: dump, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "user_id,item_id,rating,timestamp,predicted,top10" && lines.count == 3_001)
        let rows = try lines.dropFirst().map { try DumpedRow($0) }
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.timestamp <= $1.timestamp })
        for (name, from) in [("whole", 0), ("last_fifth", 2_400)] {
            let figures = DumpedRow.figures(of: rows, from: from)
            let part = try #require(report[name] as? [String: Any])
            #expect(part["events"] as? Int == 3_000 - from && part["lists"] as? Int == figures.lists)
            for (key, value) in [
                ("rmse", figures.rmse), ("mae", figures.mae), ("hr@5", figures.hitRatioAt5),
                ("hr@10", figures.hitRatioAt10), ("ndcg@10", figures.ndcgAt10),
            ] {
                let reported = try #require(part[key] as? Double, "\(name) \(key)")
                #expect(abs(reported - value) < 1e-6, "\(name) \(key)")
            }
            #expect(figures.lists > 100 && figures.hitRatioAt10 > 0)
        }
    }

    /// The core's own figures, which 'run' keeps and 'demo' shows, are those of the report.
    @Test func theCoreFindsTheSame() throws {
        let reading = try RatingReading([Self.movieLens], console: .standard)
        var options = Wiring(settings: .init()).core
        options.judging = .afterLearned(0)
        var core = Core(options: options)
        var feed = RatingFeed(reading.table)
        var trial = Prequential(options: TrialOptions(rows: 2_000))
        try feed.feed(Array(0..<2_000), to: &core, witness: &trial) { _ in true }
        let (quality, card) = (core.model.quality, trial.whole[.freshet])
        #expect(quality.positives == card.all.rankings.count && quality.positives > 100)
        #expect(quality.hitRatioAt10 == card.all.rankings.hitRatio(at: 10))
        #expect(quality.ndcgAt10 == card.all.rankings.ndcg(at: 10))
        #expect(quality.ratings == card.all.errors.count)
        // The core's expectation is taken when the rows of a new user or item are there, which are not quite zero.
        let (own, reported) = (try #require(quality.rmse), try #require(card.all.errors.rmse))
        #expect(abs(own - reported) < 1e-4)
    }

    @Test func everyFigureIsThere() throws {
        let report = try evaluate("\(Self.movieLens) --limit 1500")
        for name in ["whole", "last_fifth"] {
            let part = try #require(report[name] as? [String: Any])
            for cutoff in [5, 10, 20] {
                for figure in ["hr", "ndcg", "recall", "precision", "mrr"] {
                    #expect(
                        part["\(figure)@\(cutoff)"] is Double
                            && part["\(figure)@\(cutoff)_with_unseen"] is Double)
                }
                #expect(part["recall@\(cutoff)"] as? Double == part["hr@\(cutoff)"] as? Double)
            }
            for figure in ["rmse", "mae", "mse", "mrr", "coverage@10", "novelty@10", "diversity@10"] {
                #expect(part[figure] is Double, "\(figure)")
            }
            let ranks = ["mrr@5", "mrr@10", "mrr@20", "mrr"].compactMap { part[$0] as? Double }
            #expect(ranks == ranks.sorted() && ranks[0] > 0 && ranks[0] < ranks[3])
            let (bare, unseen) = (
                try #require(part["hr@10"] as? Double), part["hr@10_with_unseen"] as? Double
            )
            #expect(try #require(unseen) <= bare)
        }
        let baselines = try #require(report["baselines"] as? [String: [String: [String: Any]]])
        #expect(baselines["global_mean"]?["whole"]?["rmse"] is Double)
        #expect(baselines["bias_only"]?["last_fifth"]?["mae"] is Double)
        #expect(baselines["popularity"]?["whole"]?["hr@10"] is Double)
        #expect(baselines["decayed_popularity"]?["last_fifth"]?["ndcg@20"] is Double)
        #expect(baselines["popularity"]?["whole"]?["rmse"] == nil)
        #expect((report["learning_curve"] as? [Any])?.count == 20)
        #expect((report["events_per_second"] as? Double ?? 0) > 0)
    }

    @Test func theTextNamesEveryContender() throws {
        let heard = try hear("evaluate \(Self.movieLens) --limit 500") {
            arguments, console throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console) { false }
        }
        #expect(heard.code == .done)
        for word in [
            "500 = 500 learned", "whole stream: 500 events", "last fifth: 100 events", "RMSE", "NDCG@20",
        ] {
            #expect(heard.output.contains(word), "\(word)")
        }
        #expect(heard.output.contains("FRESHET") && heard.output.contains("DECAYED"))
        let curve = heard.output.split(separator: "\n").drop { !$0.hasPrefix("learning curve: ") }
        #expect(curve.count == 12, "a heading, names, and every second of twenty stretches")
        #expect(curve.dropFirst(2).first?.contains("26 to 50 ") == true)
        #expect(curve.last?.contains("476 to 500 ") == true)
        #expect(heard.output.contains("catalogue     Tests/Data/ml-latest-small/movies.csv, 9,742 items\n"))
        #expect(!heard.output.lowercased().contains("nan"))
    }

    @Test(
        arguments: [
            ("temporal=0.8", 300), ("random=0.8,seed=7", 300), ("random=0.5", 750), ("per-user=0.8", nil),
            ("leave-last-out", nil),
        ] as [(String, Int?)])
    func aSplitJudgesWhatWasHeldOut(split: String, heldOut: Int?) throws {
        let report = try evaluate("\(Self.movieLens) --limit 1500 --split \(split)")
        let judged = try #require(report["whole"] as? [String: Any])
        let events = try #require(judged["events"] as? Int)
        let learned = try #require((report["accounting"] as? [String: Any])?["learned"] as? Int)
        #expect(events + learned == 1_500 && events > 0)
        if let heldOut { #expect(events == heldOut) }
        #expect(judged["rmse"] is Double)
        #expect(report["protocol"] as? String == (split == "random=0.5" ? "random=0.5,seed=42" : split))
    }

    @Test func moreEpochsGoOverTheRatingsAgain() throws {
        let line = "\(Self.movieLens) --limit 1500 --split random=0.8"
        let rmse = try ["", " --epochs 1", " --epochs 12"].map { epochs in
            try #require((evaluate(line + epochs)["whole"] as? [String: Any])?["rmse"] as? Double)
        }
        #expect(rmse[0] == rmse[1] && rmse[1] != rmse[2] && rmse[2] < 1.2)
    }

    @Test func splitsAreDumpedToo() throws {
        let scratch = try Scratch()
        let dump = "\(scratch.path)/expected.csv"
        _ = try evaluate("\(Self.movieLens) --limit 1000 --split leave-last-out --dump \(dump)")
        let lines = try String(contentsOfFile: dump, encoding: .utf8).split(separator: "\n")
        let rows = try lines.dropFirst().map { try DumpedRow($0) }
        #expect(rows.count > 1 && Set(rows.map(\.user)).count == rows.count)
        #expect(rows.allSatisfy { $0.top.count == 10 })
    }

    @Test func severalFilesAreOneStream() throws {
        let scratch = try Scratch()
        let rows = (0..<400).map { "\($0 % 13),\($0 * 7 % 31),\(1 + $0 * 3 % 5),\(1_000_000_000 + $0)\n" }
        let header = "userId,movieId,rating,timestamp\n"
        let all = try scratch.write("all.csv", header + rows.joined())
        let late = try scratch.write("late.csv", header + rows[250...].joined())
        let early = try scratch.write("early.csv", header + rows[..<250].joined())
        let reports = try [all, "\(late) \(early)"].map {
            try #require(try evaluate($0)["whole"] as? NSDictionary)
        }
        #expect(reports[0] == reports[1])
    }

    @Test func epochsWantASplit() throws {
        let heard = try hear("evaluate x.csv --epochs 3") { arguments, console throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console)
        }
        #expect(heard.code == .wrongUsage)
        #expect(heard.failure?.hasPrefix("'--epochs' goes with '--split'") == true)
    }

    @Test(
        arguments: [
            ("temporal=0.8", Split.temporal(0.8)), ("random=0.8", .drawn(0.8, seed: 42)),
            ("random=0.8,seed=7", .drawn(0.8, seed: 7)), ("per-user=0.5", .perUser(0.5)),
            ("leave-last-out", .leaveLastOut), ("temporal=1", nil), ("temporal=0", nil), ("temporal", nil),
            ("random=0.8,seed=", nil), ("random=0.8,sed=1", nil), ("per-user=0.8,seed=1", nil), ("last", nil),
            ("temporal=nan", nil), ("", nil),
        ] as [(String, Split?)])
    func splitsAreRead(text: String, expected: Split?) {
        #expect(Reading<Split>.split.parse(text) == expected)
    }

    static let movieLens = "Tests/Data/ml-latest-small/ratings.csv"

    private func evaluate(_ line: String) throws -> [String: Any] {
        try evaluated("evaluate \(line) --json")
    }
}

/// What `evaluate --json` prints; JSON that holds "nan" or "inf" is none.
func evaluated(_ line: String) throws -> [String: Any] {
    let heard = try hear(line) { arguments, console throws(CommandFailure) in
        try EvaluateCommand.run(arguments, console: console) { false }
    }
    try #require(heard.failure == nil)
    return try #require(JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? [String: Any])
}
