/// Tells when predictions have become worse, by the Page–Hinkley test on the errors of test-then-learn:
///
///     m ← m + e − ē − slack        alarm where m − min m > bar        e = |miss| in spreads of the ratings, at most 3
///
/// ē is the mean error since the last alarm. A lasting rise of the mean by a fifth of a spread is told after about 3,000
/// ratings, one by a whole spread after 300; a user who is hard to predict is none, with a thousand ratings in one go
/// either: on MovieLens files m − min m stays below 140. After an alarm it begins anew, so that a change is
/// told once. Source: Page, Biometrika 41, 1954, doi:10.1093/biomet/41.1-2.100.
package struct ErrorDrift: Equatable, Sendable, BitwiseCopyable {
    private static let slack = 0.1
    private static let bar = 250.0
    private static let errorMax = 3.0
    /// Before so many ratings the mean says little.
    private static let warmUp = 1_000.0

    package private(set) var alarms: UInt64 = 0
    private var count = 0.0
    private var mean = 0.0
    private var sum = 0.0
    private var lowest = 0.0

    package init() {}

    /// How near the next alarm is, from 0 to 1.
    package var level: Double { min(1, (sum - lowest) / Self.bar) }

    /// - Parameter error: |rating − expected| / spread.
    mutating func note(_ error: Double) {
        guard error.isFinite else { return }
        let error = min(error, Self.errorMax)
        count += 1
        mean += (error - mean) / count
        guard count > Self.warmUp else { return }
        sum += error - mean - Self.slack
        lowest = min(lowest, sum)
        guard sum - lowest > Self.bar else { return }
        let alarms = alarms + 1
        self = ErrorDrift()
        self.alarms = alarms
    }
}
