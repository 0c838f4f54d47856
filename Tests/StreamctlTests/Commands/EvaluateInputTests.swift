import Foundation
import Testing

@testable import streamctl

/// What `evaluate` takes for its input, and that it leaves it as it is.
@Suite struct EvaluateInputTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let movies = "movieId,title,genres\n1,One (1991),Comedy\n2,Two (1992),Drama\n3,Three,War\n"

    /// Rows of one kind in any notation.
    private static func rows(_ separator: String, count: Int = 60) -> String {
        (0..<count).map { row in
            ["\(row % 7)", "\(row * 5 % 11)", "\(1 + row % 5)", "\(1_000_000_000 + row)"]
                .joined(separator: separator) + "\n"
        }.joined()
    }

    /// Ids that only look alike must not lend their genres to others.
    @Test(arguments: [
        ("ratings.csv", "userId,movieId,rating,timestamp\n", ",", 3),
        ("ml.inter", "user_id:token\titem_id:token\trating:float\ttimestamp:float\n", "\t", 0),
        ("u.data", "", "\t", 0), ("ratings.dat", "", "::", 0),
        ("plain.csv", "user,item,rating,timestamp\n", ",", 0), ("bare.csv", "", ",", 0),
    ])
    func moviesBesideAreThoseOfMovieLens(
        name: String, header: String, separator: String, items: Int
    ) throws {
        let file = try scratch.write(name, header + Self.rows(separator))
        let movies = try scratch.write("movies.csv", Self.movies)
        let (beside, none) = (try evaluated("evaluate \(file) --json"), try figures(file, "--no-catalog"))
        #expect(beside["catalog_items"] as? Int == items)
        if items == 0 { #expect(try figures(file) == none) }
        #expect(try evaluated("evaluate \(file) --json --catalog \(movies)")["catalog_items"] as? Int == 3)
        let text = try hear("evaluate \(file)").output
        #expect(text.contains("\ncatalogue     \(items == 0 ? "none" : "\(movies), 3 items")\n"))
    }

    @Test(arguments: [
        "ratings.csv", "./folder/../ratings.csv", "soft.csv", "hard.csv", "movies.csv", "freshet.yaml",
    ])
    func whatIsReadIsNotWrittenOver(name: String) throws {
        let ratings = "userId,movieId,rating,timestamp\n\(Self.rows(","))"
        let file = try scratch.write("ratings.csv", ratings)
        try scratch.write("movies.csv", Self.movies)
        try scratch.write("folder/other.csv", "")
        let settings = try scratch.write("freshet.yaml", "model:\n  seed: 7\n")
        let manager = FileManager.default
        try manager.createSymbolicLink(atPath: "\(scratch.path)/soft.csv", withDestinationPath: file)
        try manager.linkItem(atPath: file, toPath: "\(scratch.path)/hard.csv")
        let before = try String(contentsOfFile: "\(scratch.path)/\(name)", encoding: .utf8)
        let heard = try hear("evaluate \(file) -c \(settings) --dump \(scratch.path)/\(name)")
        #expect(heard.code == .wrongUsage && heard.output.isEmpty)
        #expect(heard.failure?.hasPrefix("'--dump' would write over \(scratch.path)/") == true)
        #expect(heard.failure?.hasSuffix(", which is read. Give it another path.") == true)
        #expect(try String(contentsOfFile: "\(scratch.path)/\(name)", encoding: .utf8) == before)
        #expect(try hear("evaluate \(file) --dump \(scratch.path)/folder/other.csv").code == .done)
    }

    @Test(arguments: [("learning-curve.svg", "charts/."), ("calibration.svg", "missing/../charts")])
    func chartsAreNotDrawnOverTheRatings(name: String, folder: String) throws {
        let ratings = Self.rows(",")
        let file = try scratch.write("charts/\(name)", ratings)
        let heard = try hear("evaluate \(file) --plots \(scratch.path)/\(folder)")
        #expect(heard.code == .wrongUsage && heard.failure?.hasPrefix("'--plots' would write over ") == true)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == ratings)
    }

    /// Some ratings may be typing errors; more than a tenth are another scale.
    @Test(arguments: [(2, false), (3, true)]) func anotherScaleIsTold(count: Int, isTold: Bool) throws {
        let odd = (0..<count).map { "9,\($0),\(20 + $0 * 40),1200000000\n" }
        let file = try scratch.write(
            "ratings.csv",
            "userId,movieId,rating,timestamp\n\(Self.rows(",", count: 20 - count))\(odd.joined())")
        let (text, json) = (try hear("evaluate \(file)"), try hear("evaluate \(file) --json"))
        let warning =
            "warning: \(count) ratings of 20 rows are off the scale of 0 to 10 and were refused; the figures are of "
            + "the rest. Set the scale of these ratings, '--set events.rating_max=\(20 + (count - 1) * 40)', and with "
            + "it model.positive_rating, from which on a rating counts as liked.\n"
        #expect(text.output.hasSuffix("\n\n\(warning)") == isTold && text.diagnostics.isEmpty)
        #expect(json.diagnostics == (isTold ? warning : ""))
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.output.utf8)) }
    }

    private func figures(_ file: String, _ options: String = "") throws -> NSDictionary {
        try #require(try evaluated("evaluate \(file) --json \(options)")["whole"] as? NSDictionary)
    }

    private func hear(_ line: String) throws -> Heard {
        try StreamctlTests.hear(line) { (arguments, console) throws(CommandFailure) in
            try EvaluateCommand.run(arguments, console: console) { false }
        }
    }
}
