/// Where a series of numbers is going.
enum Trend {
    /// The slope of the straight line with the least squares; 0 of fewer than two points.
    static func slope(of points: [(x: Double, y: Double)]) -> Double {
        let count = Double(points.count)
        guard points.count > 1 else { return 0 }
        let meanX = points.map(\.x).reduce(0, +) / count
        let meanY = points.map(\.y).reduce(0, +) / count
        let spread = points.map { ($0.x - meanX) * ($0.x - meanX) }.reduce(0, +)
        guard spread > 0 else { return 0 }
        return points.map { ($0.x - meanX) * ($0.y - meanY) }.reduce(0, +) / spread
    }

    /// How far the mean of the last tenth is from that of the first, as a part of it; `nil` of fewer than two values.
    static func drift(of values: [Double]) -> Double? {
        guard values.count > 1 else { return nil }
        let tenth = max(1, values.count / 10)
        let first = values.prefix(tenth).reduce(0, +) / Double(tenth)
        let last = values.suffix(tenth).reduce(0, +) / Double(tenth)
        return first > 0 ? last / first - 1 : nil
    }
}
