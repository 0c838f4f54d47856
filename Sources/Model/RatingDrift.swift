/// Tells when people rate in another way than before, by the population stability index of the newest ratings against
/// those of the long run:
///
///     psi = Σ (p_b − q_b)·ln(p_b / q_b)        over ten equal parts b of the scale seen
///
/// p are the shares of a histogram that halves every 10,000 ratings, q of one that halves every 100,000; both are
/// shrunk towards even shares by ten ratings. By custom, below 0.1 nothing has changed and above 0.25 much has. The
/// alarm comes once, and again only after the index fell below 0.1. Source of the index: Lewis, An Introduction to
/// Credit Scoring, 1992.
package struct RatingDrift: Equatable, Sendable, BitwiseCopyable {
    private static let newestHalfLife = 10_000.0
    private static let longHalfLife = 100_000.0
    private static let bar = 0.25
    private static let rest = 0.1
    /// Ratings between two looks at the index.
    private static let lookEvery: UInt64 = 100
    /// Before so many ratings there is no long run.
    private static let warmUp: UInt64 = 30_000
    private static let shrinking = 10.0

    // It is kept as it lies in memory, so the fields stand in an order that leaves no gaps.
    /// Ten bins; the rest is unused.
    private var newest = SIMD16<Double>.zero
    private var long = SIMD16<Double>.zero
    package private(set) var alarms: UInt64 = 0
    /// The index at the last look; 0 before there is a long run.
    package private(set) var stability = 0.0
    private var count: UInt64 = 0
    private var isAlarmed: UInt64 = 0

    package init() {}

    /// - Parameter place: where on the scale seen the rating stands, from 0 to 1.
    mutating func note(_ place: Double) {
        guard place.isFinite else { return }
        let bin = Int(min(9, max(0, place * 10)))
        count += 1
        newest *= Self.fading(Self.newestHalfLife)
        long *= Self.fading(Self.longHalfLife)
        newest[bin] += 1
        long[bin] += 1
        guard count >= Self.warmUp, count % Self.lookEvery == 0 else { return }
        stability = index
        if isAlarmed == 0, stability > Self.bar {
            alarms += 1
            isAlarmed = 1
        } else if isAlarmed == 1, stability < Self.rest {
            isAlarmed = 0
        }
    }

    private var index: Double {
        let (newestSum, longSum) = (newest.sum() + Self.shrinking, long.sum() + Self.shrinking)
        var sum = 0.0
        for bin in 0..<10 {
            let p = (newest[bin] + Self.shrinking / 10) / newestSum
            let q = (long[bin] + Self.shrinking / 10) / longSum
            sum += (p - q) * Curves.log(p / q)
        }
        return sum
    }

    /// What is left after one rating: 1 − ln 2 / halfLife, which is as good as the power.
    private static func fading(_ halfLife: Double) -> Double { 1 - 0.693_147_180_559_945_3 / halfLife }
}
