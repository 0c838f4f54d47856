/// Counts of values in log-linear buckets, after the HdrHistogram of Gil Tene: each power of two is cut into 64
/// equal parts.
///
/// Values below 128 are kept exactly; above, a bucket is at most 1/64 of its values wide and answers with its
/// middle, so no percentile is off by more than 1/128 (0.8 %). All of `UInt64` fits. The unit is the caller's and
/// stands in the name of the variable: `freshnessUs`.
///
/// - Complexity: 30 KB, allocated once; `record` is O(1) and allocates nothing while the value has one owner (a
///   shared one is copied by the first record after the sharing).
package struct Histogram: Equatable, Sendable {
    private static let partBits = 6
    private static let parts = 1 << partBits
    private static let bucketCount = (64 - partBits + 1) * parts

    private var buckets = [UInt64](repeating: 0, count: bucketCount)
    package private(set) var count: UInt64 = 0
    /// Of all values; stops at the largest `UInt64`.
    package private(set) var sum: UInt64 = 0
    /// Exact; 0 while there is no value.
    package private(set) var max: UInt64 = 0
    private var lowest = UInt64.max

    package init() {}

    /// Exact; 0 while there is no value.
    package var min: UInt64 { count == 0 ? 0 : lowest }

    /// 0 while there is no value.
    package var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

    /// Records a value, `times` times over.
    package mutating func record(_ value: UInt64, times: UInt64 = 1) {
        guard times > 0 else { return }
        buckets[Self.bucket(of: value)] += times
        count += times
        let (product, overflow) = value.multipliedReportingOverflow(by: times)
        sum = Self.added(sum, overflow ? .max : product)
        max = Swift.max(max, value)
        lowest = Swift.min(lowest, value)
    }

    /// Adds all values of the other: the result is as if they had been recorded here.
    package mutating func merge(_ other: Histogram) {
        for bucket in buckets.indices { buckets[bucket] += other.buckets[bucket] }
        count += other.count
        sum = Self.added(sum, other.sum)
        max = Swift.max(max, other.max)
        lowest = Swift.min(lowest, other.lowest)
    }

    /// The smallest recorded value that at least `percent` % of the values do not exceed, to within 1 %.
    ///
    /// - Parameter percent: 0 to 100; 0 is exactly the least and 100 exactly the largest value.
    /// - Returns: 0 while there is no value.
    /// - Complexity: O(buckets), some 3,800.
    package func value(atPercentile percent: Double) -> UInt64 {
        precondition((0...100).contains(percent), "a percentile is from 0 to 100")
        guard count > 0, percent > 0 else { return min }
        guard percent < 100 else { return max }
        let wanted = (percent / 100 * Double(count)).rounded(.up)
        var seen: UInt64 = 0
        for bucket in buckets.indices where buckets[bucket] > 0 {
            seen += buckets[bucket]
            if Double(seen) >= wanted {
                return Swift.min(Swift.max(Self.middle(of: bucket), lowest), max)
            }
        }
        return max
    }

    /// How many values are at most `limit`; a bucket that the limit cuts counts when its middle is within.
    package func count(atMost limit: UInt64) -> UInt64 {
        guard limit < max else { return count }
        let last = Self.bucket(of: limit)
        let below = buckets[..<last].reduce(0, +)
        return Self.middle(of: last) <= limit ? below + buckets[last] : below
    }

    // MARK: Buckets

    /// The first 128 values have a bucket each; above, the leading bit chooses a row of 64 buckets, and the six
    /// bits after it choose among them.
    private static func bucket(of value: UInt64) -> Int {
        let leadingBit = 63 - (value | UInt64(parts)).leadingZeroBitCount
        let row = leadingBit - partBits
        return row * parts + Int(value >> UInt64(row))
    }

    private static func middle(of bucket: Int) -> UInt64 {
        let row = Swift.max(bucket / parts - 1, 0)
        let low = UInt64(bucket - row * parts) << UInt64(row)
        return low + (UInt64(1) << UInt64(row)) / 2
    }

    private static func added(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }
}
