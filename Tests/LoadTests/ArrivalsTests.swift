import Load
import Testing

struct ArrivalsTests {
    private func due(_ arrivals: Arrivals, untilSeconds: Double) -> [Double] {
        var arrivals = arrivals
        var due: [Double] = []
        while let ns = arrivals.nextNs(), Double(ns) / 1e9 < untilSeconds { due.append(Double(ns) / 1e9) }
        return due
    }

    private func counts(_ due: [Double], bins: Int, seconds: Double) -> [Double] {
        var counts = [Double](repeating: 0, count: bins)
        for one in due { counts[Int(one / seconds)] += 1 }
        return counts
    }

    /// Of a Poisson process the counts of equal intervals have a variance as large as their mean.
    @Test func poissonHasItsMeanAndItsVariance() {
        let due = due(Arrivals(.poisson, perSecond: 1_000, seed: 1), untilSeconds: 100)
        #expect(abs(Double(due.count) - 100_000) < 5 * 100_000.0.squareRoot())
        let counts = counts(due, bins: 10_000, seconds: 0.01)
        let mean = counts.reduce(0, +) / Double(counts.count)
        let variance = counts.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(counts.count)
        #expect(abs(variance / mean - 1) < 0.08)
        #expect(due == due.sorted())
    }

    @Test func evenIsLikeAClock() {
        let due = due(Arrivals(.even, perSecond: 4, seed: 1), untilSeconds: 2)
        #expect(due == [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75])
    }

    @Test func aTraceIsFollowedToItsEnd() {
        var arrivals = Arrivals(.trace([0, 0.5, 0.5, 2]), perSecond: 1, seed: 1)
        let due = (0..<5).map { _ in arrivals.nextNs() }
        #expect(due == [0, 500_000_000, 500_000_000, 2_000_000_000, nil])
        #expect(arrivals.expected(until: 1) == 3)
    }

    @Test(arguments: [Arrivals.Kind.even, .poisson]) func burstsMultiplyTheRate(kind: Arrivals.Kind) {
        let bursts = Arrivals.Bursts(factor: 5, seconds: 1, everySeconds: 10)
        let arrivals = Arrivals(kind, perSecond: 1_000, bursts: bursts, seed: 9)
        let counts = counts(due(arrivals, untilSeconds: 20), bins: 20, seconds: 1)
        for (second, count) in counts.enumerated() {
            let wanted = second % 10 == 0 ? 5_000.0 : 1_000
            #expect(abs(count - wanted) < 5 * wanted.squareRoot() + 2, "second \(second)")
        }
        #expect(abs(arrivals.expected(until: 20) - 28_000) < 1e-6)
        #expect(abs(arrivals.expected(until: 10.5) - (14_000 + 2_500)) < 1e-6)
    }

    @Test func theSameSeedGivesTheSameArrivals() {
        let one = due(Arrivals(.poisson, perSecond: 100, seed: 4), untilSeconds: 5)
        #expect(one == due(Arrivals(.poisson, perSecond: 100, seed: 4), untilSeconds: 5))
        #expect(one != due(Arrivals(.poisson, perSecond: 100, seed: 5), untilSeconds: 5))
    }
}
