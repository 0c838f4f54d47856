import Foundation
import Testing

@testable import streamctl

/// `streamctl evaluate` with other ways to make lists.
@Suite struct EvaluateListsTests {
    private typealias Figures = [String: Any]

    @Test func diversityIsJudgedBesideItsAbsence() throws {
        let plain = try evaluate("")
        let spread = try evaluate("--diversity 0.5")
        let without = try #require((spread["baselines"] as? [String: Figures])?["undiversified"])
        #expect((plain["baselines"] as? Figures)?["undiversified"] == nil)
        #expect(spread["diversity"] as? Double == 0.5 && plain["diversity"] as? Double == 0)
        for part in ["whole", "last_fifth"] {
            let (before, beside) = (try #require(plain[part] as? Figures), without[part] as? Figures)
            for figure in ["hr@10", "ndcg@10", "hr@20", "mrr", "diversity@10", "novelty@10"] {
                #expect(before[figure] as? Double == beside?[figure] as? Double, "\(figure)")
            }
            let after = try #require(spread[part] as? Figures)
            #expect(before["ndcg@10"] as? Double != after["ndcg@10"] as? Double)
            let diversity = [before, after].compactMap { $0["diversity@10"] as? Double }
            #expect(diversity.count == 2 && diversity[0] < diversity[1])
            #expect(before["rmse"] as? Double == after["rmse"] as? Double)
        }
    }

    @Test func withoutStrengthNothingChanges() throws {
        var (plain, still) = (try evaluate(""), try evaluate("--diversity 0 --algorithm hybrid"))
        for name in ["seconds", "judging_seconds", "events_per_second", "learned_per_second"] {
            plain[name] = nil
            still[name] = nil
        }
        #expect(NSDictionary(dictionary: plain) == NSDictionary(dictionary: still))
    }

    @Test func eachAlgorithmIsJudged() throws {
        let names = ["hybrid", "collaborative", "content", "neighbours", "popular"]
        let figures = try names.map { name in
            let report = try evaluate("--algorithm \(name)")
            #expect(report["algorithm"] as? String == name)
            return try #require((report["whole"] as? Figures)?["ndcg@20"] as? Double)
        }
        #expect(Set(figures).count == names.count)
    }

    @Test func theTextSaysHowListsAreMade() throws {
        let heard = try hear(
            "evaluate \(Self.movieLens) --limit 600 --algorithm neighbours --diversity 0.3"
        ) { (arguments, console) throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console) { false }
        }
        #expect(heard.output.contains("lists         by neighbours, diversity 0.3\n"))
        #expect(heard.output.contains("UNDIVERSIFIED"))
    }

    private static let movieLens = "Tests/Data/ml-latest-small/ratings.csv"

    private func evaluate(_ options: String) throws -> Figures {
        let heard = try hear("evaluate \(Self.movieLens) --limit 1500 --json \(options)") {
            (arguments, console) throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console) { false }
        }
        #expect(heard.code == .done)
        return try #require(try JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? Figures)
    }
}
