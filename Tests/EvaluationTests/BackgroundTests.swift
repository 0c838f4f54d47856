import Glibc
import Testing

@testable import Evaluation
@testable import Model

@Suite struct BackgroundTests {
    @Test func biasesAreWhatTheFormulaSays() {
        var biases = PlainBiases(start: 4)
        #expect(biases.mean == 4 && biases.predict(user: nil, item: 7) == 4)
        biases.learn(5, user: 0, item: 0)
        // The mean is the first rating, so nothing stands off from it.
        #expect(biases.mean == 5 && biases.predict(user: 0, item: 0) == 5)
        biases.learn(2, user: 1, item: 0)
        // μ = 3.5; the item: (0 − 1.5) / (2 + 5); the user: (−1.5 − that) / (1 + 5).
        let item = -1.5 / 7
        let user = (-1.5 - item) / 6
        #expect(abs(Double(biases.predict(user: nil, item: 0)) - (3.5 + item)) < 1e-6)
        #expect(abs(Double(biases.predict(user: 1, item: 0)) - (3.5 + item + user)) < 1e-6)
        #expect(biases.predict(user: 99, item: 99) == 3.5)
    }

    @Test func biasesStayWithinTheRatingsSeen() {
        var biases = PlainBiases(start: 4)
        for _ in 0..<50 { biases.learn(5, user: 0, item: 0) }
        for _ in 0..<50 { biases.learn(1, user: 1, item: 1) }
        #expect((1...5).contains(biases.predict(user: 0, item: 0)))
        #expect((1...5).contains(biases.predict(user: 1, item: 1)))
    }

    @Test func popularityCountsAndDecayForgets() {
        var counts = ItemCounts()
        for _ in 0..<3 { counts.note(0) }
        for item in 0..<40_000 { counts.note(UInt32(10 + item % 30_000)) }
        for _ in 0..<2 { counts.note(1) }
        #expect(counts[0] == 3 && counts[1] == 2 && counts[5] == 0 && counts[nil] == 0)
        #expect(counts.itemsSeen == 30_002)
        var sheet = ScoreSheet()
        counts.score(.popularity, items: 40_000, on: &sheet)
        #expect(sheet[0] == 3 && sheet[39_999] == 0)
        counts.score(.decayedPopularity, items: 40_000, on: &sheet)
        // Three acts of 40,000 events ago are 3 / 2⁴.
        #expect(abs(sheet[1] / sheet[0] - 2 / (3.0 / 16)) < 0.01)
    }

    @Test func decayOutlivesAnyNumberOfEvents() {
        var counts = ItemCounts()
        for event in 0..<7_000_000 { counts.note(UInt32(event % 3)) }
        var sheet = ScoreSheet()
        counts.score(.decayedPopularity, items: 3, on: &sheet)
        for item in 0..<3 as Range<UInt32> {
            #expect(sheet[item].isFinite && abs(sheet[item] / sheet[0] - 1) < 0.01)
        }
    }

    @Test func distanceIsOneMinusTheCosine() throws {
        let users: [[UInt32]] = [[0, 1, 2, 3], [2, 3], [4], [0, 1, 2, 3]]
        var raters = CoRaters()
        for (item, users) in users.enumerated() {
            for user in users { raters.note(user: user, item: UInt32(item)) }
        }
        var sum = 0.0
        for one in 0..<4 {
            for other in (one + 1)..<4 {
                let both = Set(users[one]).intersection(users[other]).count
                sum += 1 - Double(both) / sqrt(Double(users[one].count * users[other].count))
            }
        }
        let mean = raters.meanDistance([0, 1, 2, 3])
        #expect(abs(try #require(mean) - sum / 6) < 1e-12)
        let same = raters.meanDistance([0, 3])
        let alone = raters.meanDistance([0])
        #expect(same == 0 && alone == nil)
    }

    @Test(arguments: [0, 1, 7, 20, 21, 100_836])
    func thePointsOfTheCurveAreTheStream(rows: Int) {
        let points = CurvePoint.points(rows: rows)
        #expect(points.count == min(rows, 20))
        #expect(points.flatMap { [$0.rows.count] }.reduce(0, +) == rows)
        for (one, next) in zip(points, points.dropFirst()) {
            #expect(one.rows.upperBound == next.rows.lowerBound)
        }
    }

    @Test(arguments: [(Float(0.5), Float(5)), (3, 3), (-10, 1e8)])
    func calibrationPutsEveryRatingIntoABin(lowest: Float, highest: Float) {
        var calibration = Calibration(scale: lowest...highest)
        for expected in [lowest, highest, (lowest + highest) / 2, lowest - 1, highest + 1] {
            calibration.note(rating: 3, expected: expected)
        }
        #expect(calibration.bins.reduce(0) { $0 + $1.count } == 5)
        #expect(calibration.bins.allSatisfy { $0.count == 0 || $0.meanGiven == 3 })
    }
}
