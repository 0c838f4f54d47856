import Foundation
import Model
import RatingFiles
import Testing

@testable import streamctl

/// Batch training on real ratings: a fifth of ml-latest-small is drawn by dice and held out.
@Suite struct BatchQualityTests {
    @Test func heldOutRatingsAreExpectedWell() throws {
        var (learned, heldOut) = (BatchRatings(), BatchRatings())
        let columns = try table().columns
        var dice = Dice(seed: 42)
        for row in 0..<columns.count {
            let (user, item, rating) = (columns.users[row], columns.items[row], columns.ratings[row])
            if dice.below(5) == 0 {
                heldOut.append(user: user, item: item, rating: rating)
            } else {
                learned.append(user: user, item: item, rating: rating)
            }
        }
        let parallel = ThreadCrew(ThreadCrew.coreCount).parallel
        var fit = BatchFit(learned, options: BatchOptions(), parallel: parallel)
        for _ in 0..<20 { fit.epoch(parallel) }
        // Other draws come to .832 to .840.
        let rmse = fit.rmse(over: heldOut)
        #expect(try #require(rmse) < 0.845)
    }

    /// Where more epochs do harm, fewer are taken.
    @Test func theTrialEndsWhenNothingIsGained() throws {
        var ratings = BatchRatings()
        let columns = try table().columns
        for row in 0..<20_000 {
            ratings.append(user: columns.users[row], item: columns.items[row], rating: columns.ratings[row])
        }
        let trial = HeldOutTrial(
            epochsMax: 60, endsWhenConverged: true, options: BatchOptions(epochs: 20, factors: 8))
        let outcome = trial.run(ratings, parallel: serially)
        let best = try #require(outcome.best)
        #expect(outcome.heldOut == 1_000 && outcome.points.count < 60)
        #expect(outcome.points.count - best.epoch <= 3 + 20, "it went on for long after the best")
        #expect(outcome.points.map(\.epoch) == Array(1...outcome.points.count))
        let again = trial.start(ratings, parallel: ThreadCrew(3).parallel)()
        #expect(again.points == outcome.points)
    }

    private func table() throws -> RatingTable {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var table = RatingTable()
        _ = try RatingFileReader().read(
            folder.appending(path: "Data/ml-latest-small/ratings.csv").path, into: &table)
        return table
    }
}
