import Dispatch
import Model
import Testing

@Suite struct BatchFitTests {
    /// Nothing depends on who works on which block, and when.
    @Test(arguments: [8, 24, 64])
    func manyThreadsGiveTheSameBits(factors: Int) {
        let ratings = SomeRatings.make(20_000)
        let options = BatchOptions(epochs: 4, factors: factors)
        let alone = predictions(ratings, options, parallel: serially)
        let backwards = predictions(ratings, options) { count, body in
            for index in (0..<count).reversed() { body(index) }
        }
        let crowded = predictions(ratings, options) { count, body in
            DispatchQueue.concurrentPerform(iterations: count, execute: body)
        }
        #expect(alone == backwards && alone == crowded)
    }

    @Test func anotherSeedGivesAnotherModel() {
        let ratings = SomeRatings.make(2_000)
        #expect(
            predictions(ratings, BatchOptions(epochs: 2, seed: 1))
                != predictions(ratings, BatchOptions(epochs: 2, seed: 2)))
    }

    @Test func findsWhatTheRatingsWereMadeOf() throws {
        let (learned, heldOut) = SomeRatings.make(60_000).split(seed: 1)
        #expect(heldOut.count == 3_000 && learned.count == 57_000)
        var fit = BatchFit(learned, options: BatchOptions())
        let before = fit.rmse(over: heldOut)
        var missed: [Double] = []
        for _ in 0..<20 { missed.append(fit.epoch().missed) }
        let after = fit.rmse(over: heldOut)
        // The ratings' own noise is .5; biases alone come to .84.
        #expect(try #require(before) > 0.9 && #require(after) < 0.65)
        #expect(zip(missed.dropFirst(2), missed.dropFirst(3)).allSatisfy { $0 > $1 })
    }

    @Test func nothingToLearnIsNoTrouble() {
        var fit = BatchFit(BatchRatings(), options: BatchOptions())
        let (epoch, expected) = (fit.epoch(), fit.predict(user: 0, item: 0))
        let rmse = fit.rmse(over: BatchRatings())
        #expect(epoch.missed == 0 && epoch.refused == 0 && expected == 0 && rmse == nil)
    }

    @Test(
        arguments: [
            [(0, 0, 4)], [(0, 0, 3), (0, 1, 3), (0, 2, 3)], [(0, 0, 1), (1, 0, 5), (2, 0, 1)],
            [(0, 0, 1e30), (1, 1, -1e30), (2, 2, 0)], [(7, 1_000, 2), (1_000, 7, 2.5)],
        ] as [[(Int, Int, Float)]])
    func oddRatingsStayFinite(rows: [(Int, Int, Float)]) {
        var ratings = BatchRatings()
        for (user, item, rating) in rows {
            ratings.append(user: UInt32(user), item: UInt32(item), rating: rating)
        }
        var fit = BatchFit(ratings, options: BatchOptions())
        for _ in 0..<30 { fit.epoch() }
        for (user, item, _) in rows + [(5, 5, 0)] {
            let expected = fit.predict(user: UInt32(user), item: UInt32(item))
            #expect(expected >= ratings.ratings.min() ?? 0 && expected <= ratings.ratings.max() ?? 0)
        }
    }

    @Test func takesOnlyFiniteRatings() {
        var ratings = BatchRatings()
        let taken = [Float.nan, .infinity, -.infinity, 3].map {
            ratings.append(user: 0, item: 0, rating: $0)
        }
        #expect(taken == [false, false, false, true] && ratings.count == 1)
    }

    /// Who was never seen is expected to rate like everybody.
    @Test func strangersGetTheMean() {
        let ratings = SomeRatings.make(5_000)
        var fit = BatchFit(ratings, options: BatchOptions(epochs: 3))
        for _ in 0..<3 { fit.epoch() }
        let (mean, ofNobody) = (fit.scale.mean, fit.predict(user: 999_999, item: 999_999))
        let (one, other) = (fit.predict(user: 999_999, item: 1), fit.predict(user: 999_999, item: 2))
        #expect(abs(Double(ofNobody) - mean) < 1e-6 && one != other)
    }

    private func predictions(
        _ ratings: BatchRatings, _ options: BatchOptions, parallel: Parallel = serially
    ) -> [Float] {
        var fit = BatchFit(ratings, options: options, parallel: parallel)
        for _ in 0..<options.epochs { fit.epoch(parallel) }
        return (0..<min(ratings.count, 1_000)).map {
            fit.predict(user: ratings.users[$0], item: ratings.items[$0])
        }
    }
}
