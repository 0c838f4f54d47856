import Foundation
import Testing

@testable import streamctl

/// `streamctl bootstrap --dry-run`: how well files can be learned, without any server.
@Suite struct BootstrapDryRunTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private static let header = "userId,movieId,rating,timestamp\n"

    private func rows(from startSeconds: Int, off: Int = 0) -> String {
        (0..<900).map { row in
            let (user, item) = (row % 30, row / 30)
            return "\(user),\(item),\(1 + (user * item + off) % 5),\(startSeconds + row)\n"
        }.joined()
    }

    /// With rows that are in both halves the error would go on falling for ever.
    @Test func ratingsThatStandTwiceAreOne() throws {
        let file = try scratch.write("ratings.csv", Self.header + rows(from: 1_100_000_000))
        let before = try scratch.write("before.csv", Self.header + rows(from: 1_000_000_000, off: 2))
        let later = try scratch.write("later.csv", Self.header + rows(from: 4_090_000_000, off: 3))
        let once = try trial(file)
        #expect(once.heldOut == 45 && once.curve.count > 3)
        for files in ["\(file) \(file)", "\(before) \(file)", "\(file) \(later) \(file)"] {
            #expect(try trial(files) == once)
        }
    }

    @Test(arguments: [
        (
            "1,1,4,4000000000\n1,2,4,4000000000\n1,3,40,1500000000\n",
            "there are no ratings to learn: all were refused (1 rating-out-of-range, 2 timestamp-in-future). Correct the "
                + "times, or the clock of this machine: they lie more than 3600 s ahead of it (events.future_seconds)."
        ),
        (
            "1,1,40,1500000000\n",
            "(1 rating-out-of-range). Set the scale of these ratings, '--set events.rating_max=40', and with it "
        ),
        ("", "there are no ratings to learn: the files hold no rows. "),
        (
            "1,1,4\n1,1,4,x\n1,1,,3\n,1,4,3\n1,1\n",
            "(2 wrong-column-count, 1 empty-user, 1 rating-not-a-number, 1 timestamp-not-a-time). Give each row as many "
        ),
    ])
    func saysWhyNothingIsLeft(rows: String, reason: String) throws {
        let file = try scratch.write("ratings.csv", Self.header + rows)
        let heard = try bootstrap(file)
        #expect(heard.code == .failed && heard.output.isEmpty)
        #expect(heard.failure?.contains(reason) == true, "\(heard.failure ?? "")")
    }

    /// Nothing is gained where nothing is missed.
    @Test func constantRatingsConvergeAtOnce() throws {
        let rows = (0..<900).map { "\($0 % 30),\($0 / 30),4,\(1_000_000_000 + $0)\n" }
        let constant = try trial(try scratch.write("ratings.csv", Self.header + rows.joined()))
        #expect(constant.heldOut == 45 && constant.curve == [0, 0, 0, 0])
    }

    @Test func feedbackHasNothingToHoldOut() throws {
        let rows = (0..<900).map { "\($0 % 30),\($0 / 30),\(1_000_000_000 + $0)\n" }
        let file = try scratch.write("plays.csv", "user,item,timestamp\n\(rows.joined())")
        let heard = try bootstrap("\(file) --action play")
        #expect(heard.code == .done && heard.output.contains("held out      nothing: "))
        #expect(try bootstrap(file).failure?.contains("such as '--action click'") == true)
    }

    private struct Trial: Equatable {
        var heldOut: Int
        var curve: [Double]
    }

    private func trial(_ files: String) throws -> Trial {
        let heard = try bootstrap("\(files) --until-converged --json")
        try #require(heard.failure == nil)
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? [String: Any])
        let curve = try #require(report["curve"] as? [[String: Any]])
        return Trial(
            heldOut: try #require(report["held_out"] as? Int),
            curve: curve.compactMap { $0["rmse_held_out"] as? Double })
    }

    private func bootstrap(_ line: String) throws -> Heard {
        try hear("bootstrap \(line) --dry-run") { (arguments, console) throws(CommandFailure) in
            try BootstrapCommand.run(arguments, console: console, shouldStop: { false })
        }
    }
}
