/// Whether ratings come as they are expected: what was given where so much was expected.
package struct Calibration: Equatable, Sendable {
    package struct Bin: Equatable, Sendable {
        package fileprivate(set) var count: UInt64 = 0
        fileprivate var expected = 0.0
        fileprivate var given = 0.0

        /// Means over the ratings of the bin; `nil` where there are none.
        package var meanExpected: Double? { count == 0 ? nil : expected / Double(count) }
        package var meanGiven: Double? { count == 0 ? nil : given / Double(count) }
    }

    /// Equal parts of the scale, by what was expected, lowest first.
    package private(set) var bins: [Bin]
    private let scale: ClosedRange<Float>

    static let binsCount = 18

    init(scale: ClosedRange<Float>) {
        self.scale = scale
        bins = Array(repeating: Bin(), count: Self.binsCount)
    }

    mutating func note(rating: Float, expected: Float) {
        let width = scale.upperBound - scale.lowerBound
        let share = width > 0 && width.isFinite ? (expected - scale.lowerBound) / width : 0
        let bin = min(max(Int(share * Float(bins.count)), 0), bins.count - 1)
        bins[bin].count += 1
        bins[bin].expected += Double(expected)
        bins[bin].given += Double(rating)
    }
}
