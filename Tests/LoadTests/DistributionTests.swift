import Load
import Model
import Testing

struct DistributionTests {
    private func moments(_ draw: (inout Dice) -> Double) -> (mean: Double, variance: Double) {
        var dice = Dice(seed: 3)
        let values = (0..<200_000).map { _ in draw(&dice) }
        let mean = values.reduce(0, +) / Double(values.count)
        return (mean, values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count))
    }

    @Test func unitIsUniform() {
        let (mean, variance) = moments { $0.unit() }
        #expect(abs(mean - 0.5) < 0.005 && abs(variance - 1.0 / 12) < 0.001)
    }

    @Test func exponentialHasMeanAndVarianceOne() {
        let (mean, variance) = moments { $0.exponential() }
        #expect(abs(mean - 1) < 0.01 && abs(variance - 1) < 0.03)
    }

    @Test func normalHasMeanZeroAndVarianceOne() {
        let (mean, variance) = moments { $0.normal() }
        #expect(abs(mean) < 0.01 && abs(variance - 1) < 0.02)
    }

    @Test func weightsAreDrawnInProportion() {
        let weights = [0, 1, 2, 3, 0.5, 100, 0.01]
        let draw = WeightedDraw(weights)
        var dice = Dice(seed: 5)
        var counts = [Int](repeating: 0, count: weights.count)
        for _ in 0..<200_000 { counts[draw.draw(&dice)] += 1 }
        let sum = weights.reduce(0, +)
        #expect(counts[0] == 0)
        for (count, weight) in zip(counts, weights) {
            #expect(abs(Double(count) / 200_000 - weight / sum) < 0.004)
        }
    }
}
