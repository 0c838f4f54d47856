import Foundation
import Testing

@testable import streamctl

/// Files of feedback are judged by lists alone, mixed ones by both.
@Suite struct EvaluateFeedbackTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Each user goes round a few items of their own, and clicks on two of three.
    private static let acts: [(user: Int, item: Int, isClick: Bool)] = (0..<1_200).map { place in
        let (user, step) = (place % 24, place / 24)
        return (user, (user % 4 * 13 + step * 7) % 90, place % 3 != 0)
    }

    private func write(_ name: String, _ header: String, _ row: (Int) -> String) throws -> String {
        try scratch.write(name, header + Self.acts.indices.map { "\(row($0))\n" }.joined())
    }

    @Test func listsAreJudgedByWhatWasClicked() throws {
        let file = try write("events.csv", "user_id,item_id,action,timestamp\n") {
            "\(Self.acts[$0].user),\(Self.acts[$0].item),\(Self.acts[$0].isClick ? "click" : "skip"),\(1_000_000_000 + $0)"
        }
        let dump = "\(scratch.path)/dump.csv"
        let heard = try hear("\(file) --dump \(dump)")
        #expect(heard.output.contains("feedback columns under a header, 1,200 rows read\n"))
        #expect(
            heard.output.contains(/\nRMSE( +-){5}\n/) && !heard.output.contains("nan"))
        let report = try evaluated("evaluate \(file) --json")
        let rows = try String(contentsOfFile: dump, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { try DumpedRow($0) }
        #expect(rows.allSatisfy { $0.rating.isNaN && $0.predicted.isNaN })
        let acts = try #require(rows.count == 1_200 ? Self.acts : nil)
        var met = Set<String>()
        let isNew = acts.map { met.insert("\($0.user) \($0.item)").inserted }
        for (name, from) in [("whole", 0), ("last_fifth", 960)] {
            let part = try #require(report[name] as? [String: Any])
            let figures = DumpedRow.figures(of: rows, from: from) {
                acts[$0].isClick
            } isPositive: {
                acts[$0].isClick && isNew[$0]
            }
            #expect(part["lists"] as? Int == figures.lists && part["ratings"] as? Int == 0)
            #expect(part["rmse"] is NSNull && part["mae"] is NSNull && part["mse"] is NSNull)
            #expect(abs(try #require(part["hr@10"] as? Double) - figures.hitRatioAt10) < 1e-6)
            #expect(abs(try #require(part["ndcg@10"] as? Double) - figures.ndcgAt10) < 1e-6)
        }
        let whole = try #require(report["whole"] as? [String: Any])
        #expect(try #require(whole["lists"] as? Int) > 300 && whole["hr@10"] as? Double ?? 0 > 0.3)
    }

    /// Rows of user, item and time alone are clicks, or what is said.
    @Test func bareRowsAreClicks() throws {
        let bare = try write("bare.inter", "user_id:token\titem_id:token\ttimestamp:float\n") {
            "\(Self.acts[$0].user)\t\(Self.acts[$0].item)\t\(1_000_000_000 + $0)"
        }
        let clicks = try write("clicks.csv", "user,item,action,timestamp\n") {
            "\(Self.acts[$0].user),\(Self.acts[$0].item),click,\(1_000_000_000 + $0)"
        }
        #expect(
            try hear(bare).output.contains("each row counts as 'click', as '--action' may say\n"))
        #expect(try whole(bare) == whole(clicks))
        #expect(try whole(bare, "--action view")["lists"] as? Int == 0)
        let wide = try write("plays.csv", "user,item,weight\n") {
            "\(Self.acts[$0].user),\(Self.acts[$0].item),\($0)"
        }
        #expect(try hear(wide).failure?.contains("'--action click'") == true)
        #expect(try whole(wide, "--action play")["lists"] as? Int ?? 0 > 300)
    }

    @Test func ratingsAndClicksAreJudgedTogether() throws {
        let ratings = try write("ratings.csv", "userId,movieId,rating,timestamp\n") {
            "\(Self.acts[$0].user),\(100 + Self.acts[$0].item),\(1 + $0 % 5),\(1_000_000_000 + $0)"
        }
        let clicks = try write("clicks.csv", "user,item,action,timestamp\n") {
            "\(Self.acts[$0].user),\(Self.acts[$0].item),click,\(1_000_000_000 + $0)"
        }
        let whole = try whole("\(ratings) \(clicks)")
        #expect(whole["events"] as? Int == 2_400 && whole["ratings"] as? Int == 1_200)
        #expect(whole["rmse"] is Double && whole["lists"] as? Int ?? 0 > 600)
    }

    @Test(arguments: ["temporal=0.8", "random=0.8", "per-user=0.8", "leave-last-out"])
    func splitsHoldOutFeedbackToo(split: String) throws {
        let file = try write("plays.csv", "user,item,action,timestamp\n") {
            "\(Self.acts[$0].user),\(Self.acts[$0].item),play,\(1_000_000_000 + $0)"
        }
        let once = try whole(file, "--split \(split) --epochs 3")
        #expect(once["rmse"] is NSNull && once["lists"] as? Int == 24)
    }

    /// A row in both halves would be known already.
    @Test(arguments: ["temporal=0.8", "random=0.8", "per-user=0.8", "leave-last-out"])
    func whatStandsTwiceIsHeldOutOnce(split: String) throws {
        func write(_ name: String, from seconds: Int, off: Int = 0) throws -> String {
            let rows = (0..<900).map { "\($0 % 30),\($0 / 30),\(off + 1 + $0 * $0 % 5),\(seconds + $0)\n" }
            return try scratch.write(name, "userId,movieId,rating,timestamp\n\(rows.joined())")
        }
        let file = try write("ratings.csv", from: 1_000_000_000)
        let older = try write("older.csv", from: 900_000_000)
        let off = try write("off.csv", from: 1_000_000_000, off: 20)
        let once = try whole(file, "--split \(split)")
        #expect(once["events"] as? Int ?? 0 > 20)
        #expect(try whole("\(file) \(file)", "--split \(split)") == once)
        #expect(try whole("\(older) \(file)", "--split \(split)") == once)
        let heard = try hear("\(file) \(file) \(off) --split \(split)").output
        #expect(
            heard.contains(
                "\nleft out      1,800 rows: refused, no act, or older than another of the same user and item\n"
            ))
    }

    /// Offers that nobody took can be neither learned from alone nor looked for.
    @Test func impressionsAloneAreNoReport() throws {
        let file = try write("offers.csv", "user,item,action\n") {
            "\(Self.acts[$0].user),\(Self.acts[$0].item),impression"
        }
        let whole = try whole(file)
        #expect(whole["events"] as? Int == 1_200 && whole["lists_with_unseen"] as? Int == 0)
        #expect(
            try hear("\(file) --split random=0.8").failure?.contains(
                "leaves 0 rows to learn and 0 rows to judge") == true)
    }

    private func whole(_ files: String, _ options: String = "") throws -> NSDictionary {
        try #require(try evaluated("evaluate \(files) --json \(options)")["whole"] as? NSDictionary)
    }

    private func hear(_ line: String) throws -> Heard {
        try StreamctlTests.hear("evaluate \(line)") { (arguments, console) throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console) { false }
        }
    }
}
