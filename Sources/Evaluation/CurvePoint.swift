package import Model

/// A stretch of the stream, one of twenty: how good the contenders were in it.
package struct CurvePoint: Equatable, Sendable {
    /// Rows of the stretch.
    package let rows: Range<Int>
    package internal(set) var freshet = GroupFigures()
    package internal(set) var biasOnly = RatingErrors()
    package internal(set) var popularity = RankingFigures()

    package static let count = 20

    /// As many points as there are rows, and twenty at most.
    static func points(rows: Int) -> [CurvePoint] {
        let count = min(Self.count, rows)
        return (0..<count).map { CurvePoint(rows: rows * $0 / count..<rows * ($0 + 1) / count) }
    }
}
