import Foundation
import Testing

@testable import streamctl

/// Files that are odd, but can be judged by: numbers or null, and no crash.
@Suite struct EvaluateBadInputTests {
    struct Odd: CustomTestStringConvertible, Sendable {
        var name: String
        /// user, item, rating, time.
        var rows: [(Int, Int, String, Int)]

        var testDescription: String { name }
    }

    static let odd: [Odd] = [
        Odd(name: "one rating", rows: [(1, 1, "4", 0)]),
        Odd(name: "two ratings", rows: [(1, 1, "4", 0), (1, 2, "5", 1)]),
        Odd(name: "one user", rows: (0..<60).map { (1, $0, "\(1 + $0 % 5)", $0) }),
        Odd(name: "one item", rows: (0..<60).map { ($0, 1, "\(1 + $0 % 5)", $0) }),
        Odd(
            name: "one user and one item, again and again", rows: (0..<60).map { (1, 1, "\(1 + $0 % 5)", $0) }
        ),
        Odd(name: "constant ratings", rows: (0..<200).map { ($0 % 9, $0 / 9, "3.5", $0) }),
        Odd(name: "constant positives", rows: (0..<200).map { ($0 % 9, $0 / 9, "5", $0) }),
        Odd(
            name: "some ratings outside the scale",
            rows: (0..<200).map { ($0 % 9, $0 / 9, ["4", "-3", "5", "11", "1e30"][$0 % 5], $0) }),
        Odd(
            name: "an item that everybody rated",
            rows: (0..<300).map { $0 < 150 ? ($0, 0, "5", $0) : ($0 % 150, 1 + $0 % 7, "4", $0) }),
        Odd(
            name: "a tenth of the times shuffled",
            rows: (0..<300).map { ($0 % 11, $0 / 11, "\(1 + $0 % 5)", $0 % 10 == 3 ? ($0 * 7919) % 300 : $0) }
        ),
        Odd(name: "all at one time", rows: (0..<300).map { ($0 % 11, $0 / 11, "\(1 + $0 % 5)", 0) }),
        Odd(name: "the same rating again and again", rows: (0..<50).map { _ in (1, 1, "4", 0) }),
        Odd(name: "nothing liked", rows: (0..<200).map { ($0 % 9, $0 / 9, "1", $0) }),
        Odd(name: "years between ratings", rows: (0..<40).map { ($0 % 3, $0 / 3, "5", $0 * 50_000_000) }),
    ]

    @Test(arguments: odd) func isJudged(odd: Odd) throws {
        let scratch = try Scratch()
        let lines = odd.rows.map { "\($0.0),\($0.1),\($0.2),\(1_000_000_000 + $0.3)\n" }
        let file = try scratch.write("ratings.csv", "userId,movieId,rating,timestamp\n\(lines.joined())")
        let report = try evaluated("evaluate \(file) --json")
        let accounting = try #require(report["accounting"] as? [String: Any])
        let whole = try #require(report["whole"] as? [String: Any])
        let learned = try #require(accounting["learned"] as? Int)
        #expect(whole["events"] as? Int == learned && learned > 0)
        #expect(accounting["read"] as? Int == odd.rows.count)
        let rmse = try #require(whole["rmse"] as? Double)
        #expect(rmse >= 0 && rmse < 10)
        for split in ["temporal=0.8", "random=0.8", "per-user=0.8", "leave-last-out"] {
            let heard = try hear("evaluate \(file) --split \(split) --epochs 3 --json") {
                arguments, console throws(CommandFailure) in
                try EvaluateCommand.run(arguments, console: console) { false }
            }
            if heard.code == .done {
                #expect(throws: Never.self) {
                    try JSONSerialization.jsonObject(with: Data(heard.output.utf8))
                }
            } else {
                // Too few to be parted: it says so.
                #expect(heard.code == .failed && heard.failure?.contains("--split") == true)
            }
        }
    }

    @Test(arguments: [
        ("", "is empty"),
        (
            "userId,movieId,rating,timestamp\n",
            "there are no ratings to judge by: the files hold no rows. Name files with ratings in them."
        ),
        (
            "userId,movieId,rating,timestamp\n1,2,x,3\n1,,4,3\n1,3,y,1000000000\n1,4,50,1000000000\n",
            "there are no ratings to judge by: all were refused (1 empty-item, 2 rating-not-a-number, "
                + "1 rating-out-of-range). Write each rating as a decimal number"
        ),
        (
            "userId,movieId,rating,timestamp\n1,2,55,1000000000\n1,3,x,1\n1,4,20,1000000000\n",
            "(1 rating-not-a-number, 2 rating-out-of-range). Set the scale of these ratings, "
                + "'--set events.rating_max=55', and with it model.positive_rating"
        ),
        (
            "userId,movieId,rating,timestamp\n1,2,-2.5,1000000000\n1,4,1e30,1000000000\n",
            "'--set events.rating_min=-2.5 --set events.rating_max=1000000'"
        ),
        ("hello, world\n", "has an unknown format"),
    ])
    func saysWhatIsWrong(content: String, message: String) throws {
        let scratch = try Scratch()
        let file = try scratch.write("ratings.csv", content)
        let heard = try hear("evaluate \(file) --dump \(scratch.path)/dump.csv") {
            arguments, console throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console) { false }
        }
        #expect(heard.code == .failed && heard.output.isEmpty)
        #expect(heard.failure?.contains(message) == true, "\(heard.failure ?? "")")
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["ratings.csv"])
    }

    /// A setting that allows a scale is all it takes.
    @Test func otherScalesAreASettingAway() throws {
        let scratch = try Scratch()
        let rows = (0..<300).map { "u\($0 % 9),i\($0 / 9),\(($0 * 37) % 101),\(1_000_000_000 + $0)\n" }
        let file = try scratch.write("percent.csv", "user,item,rating,timestamp\n\(rows.joined())")
        let report = try evaluated(
            "evaluate \(file) --set events.rating_max=100 --set model.positive_rating=70 --json")
        let whole = try #require(report["whole"] as? [String: Any])
        #expect(whole["events"] as? Int == 300 && whole["lists"] as? Int ?? 0 > 10)
        #expect((whole["rmse"] as? Double ?? 0) > 5)
    }

    /// From which rating on people like an item depends on the scale.
    @Test(
        arguments: [
            (
                1.0,
                "warning: the ratings go up to 10, and from 4 on they count as liked, which 70 % of them do. Say from which "
                    + "rating on they like an item: '--set model.positive_rating=8'.\n"
            ),
            (
                0.1,
                "warning: none of 300 ratings is 4 or more, so none counts as liked. Say from which rating on they like an "
                    + "item: '--set model.positive_rating=0.8'.\n"
            ), (0.5, ""),
        ] as [(Double, String)])
    func aScaleOnWhichLikingBeginsElsewhereIsTold(step: Double, warning: String) throws {
        let scratch = try Scratch()
        let rows = (0..<300).map {
            "u\($0 % 9),i\($0 / 9),\(Double(1 + $0 % 10) * step),\(1_000_000_000 + $0)\n"
        }
        let file = try scratch.write("ratings.csv", "user,item,rating,timestamp\n\(rows.joined())")
        let heard = try hear("evaluate \(file) --json") { (arguments, console) throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console) { false }
        }
        #expect(heard.diagnostics == warning)
    }

    /// A long history must not make every event as long: it is looked up, not looked through.
    @Test func aUserOfManyRatingsIsLearnedInOneGo() throws {
        let scratch = try Scratch()
        let rows = (0..<6_000).map { "1,\($0),\(1 + $0 % 3),\(1_000_000_000 + $0)\n" }
        let file = try scratch.write("ratings.csv", "userId,movieId,rating,timestamp\n\(rows.joined())")
        let whole = try #require(try evaluated("evaluate \(file) --json")["whole"] as? [String: Any])
        #expect(whole["events"] as? Int == 6_000)
    }

    @Test func aDumpIsWrittenWholeOrNotAtAll() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "ratings.csv",
            "userId,movieId,rating,timestamp\n\((0..<3_000).map { "\($0 % 7),\($0),4,\(1_000_000_000 + $0)\n" }.joined())"
        )
        var asked = 0
        let heard = try hear("evaluate \(file) --dump \(scratch.path)/dump.csv") {
            arguments, console throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console) {
                asked += 1
                return asked > 1
            }
        }
        #expect(heard.code == .failed && heard.failure?.hasPrefix("stopped before the end") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["ratings.csv"])
    }

    @Test(arguments: ["/dev/null", "/no/such/folder/dump.csv", "/tmp"])
    func aDumpThatCannotBeIsRefusedBeforeTheWork(path: String) throws {
        let heard = try hear("evaluate \(EvaluateCommandTests.movieLens) --dump \(path)") {
            arguments, console throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console) { false }
        }
        #expect(heard.code == .failed && heard.failure?.contains("'--dump'") == true)
    }

    /// Ids may hold commas, quotes and line breaks of their own.
    @Test func idsAreQuotedWhereTheyMustBe() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "ratings.csv",
            "user,item,rating,timestamp\n\"a,b\",\"say \"\"x\"\"\",5,1000000000\n\"a,b\",plain,5,1000000001\n"
        )
        _ = try evaluated("evaluate \(file) --dump \(scratch.path)/dump.csv --json")
        let dump = try String(contentsOfFile: "\(scratch.path)/dump.csv", encoding: .utf8)
        #expect(
            dump == """
                user_id,item_id,rating,timestamp,predicted,top10
                "a,b","say ""x""\",5.0,1000000000,4.0,
                "a,b",plain,5.0,1000000001,5.0,

                """)
    }

    @Test func viewsHaveNoRatingToExpect() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "books.csv", "User-ID,ISBN,Book-Rating\n1,a,0\n1,b,8\n2,a,0\n2,b,0\n1,c,9\n")
        let report = try evaluated("evaluate \(file) --dump \(scratch.path)/dump.csv --json")
        let whole = try #require(report["whole"] as? [String: Any])
        #expect(whole["events"] as? Int == 5 && whole["ratings"] as? Int == 2)
        let dump = try String(contentsOfFile: "\(scratch.path)/dump.csv", encoding: .utf8)
        #expect(dump.split(separator: "\n")[1].hasPrefix("1,a,,946684800,,"))
    }
}
