import Load
import Model
import Testing

struct ZipfTests {
    /// The probability of each rank, from the law itself.
    private func law(_ count: Int, _ exponent: Double) -> [Double] {
        let weights = (1...count).map { Curves.exp2(-exponent * Curves.log2(Double($0))) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }

    private func frequencies(_ zipf: Zipf, count: Int, draws: Int) -> [Double] {
        var dice = Dice(seed: 7)
        var counts = [Int](repeating: 0, count: count)
        for _ in 0..<draws { counts[zipf.draw(&dice)] += 1 }
        return counts.map { Double($0) / Double(draws) }
    }

    @Test(arguments: [0, 0.5, 0.9, 1, 1.000_000_1, 1.2, 2, 4], [1, 2, 10, 1_000])
    func drawsByTheLaw(exponent: Double, count: Int) {
        let draws = 100_000
        let found = frequencies(Zipf(count: count, exponent: exponent), count: count, draws: draws)
        for (rank, wanted) in law(count, exponent).enumerated() {
            // Five standard deviations of a binomial count, and one event.
            let room = 5 * (wanted * (1 - wanted) / Double(draws)).squareRoot() + 1 / Double(draws)
            #expect(abs(found[rank] - wanted) <= room, "rank \(rank + 1)")
        }
    }

    /// On paper with logarithms on both sides the law is a straight line that falls by its exponent.
    @Test(arguments: [0.7, 1, 1.3]) func slopeIsTheExponent(exponent: Double) {
        let found = frequencies(Zipf(count: 10_000, exponent: exponent), count: 10_000, draws: 400_000)
        let points = (0..<40).map { (x: Curves.log2(Double($0 + 1)), y: Curves.log2(found[$0])) }
        let (meanX, meanY) = (points.map(\.x).reduce(0, +) / 40, points.map(\.y).reduce(0, +) / 40)
        let slope =
            points.map { ($0.x - meanX) * ($0.y - meanY) }.reduce(0, +)
            / points.map { ($0.x - meanX) * ($0.x - meanX) }.reduce(0, +)
        #expect(abs(slope + exponent) < 0.03)
    }
}
