/// How much each item is wanted now: a count that halves every `halfLife` events of the stream.
///
/// Counts are kept inflated, as in `NeighbourTable`: an event adds 2^(events / halfLife), and reading multiplies by
/// `scale`, so that the present takes no loop over the items.
struct Popularity: Equatable, Sendable {
    private var inflated: [Float] = []
    private var weightNow: Double = 1
    private let growth: Double

    /// Above this the counts are brought back to small numbers, long before a `Float` overflows.
    private static let weightMax = 1e12

    init(halfLifeEvents: Double) {
        growth = Curves.exp2(1 / halfLifeEvents)
    }

    /// Multiplies an inflated count into events of now.
    var scale: Float { Float(1 / weightNow) }

    /// Every item's count in events of now, times `factor`, by item row.
    func scores(factor: Float = 1, into scores: inout [Float]) {
        let scale = scale * factor
        scores.removeAll(keepingCapacity: true)
        for count in inflated { scores.append(count * scale) }
    }

    mutating func addItem() {
        inflated.append(0)
    }

    /// One event of the stream: `item` gains `weight`, all others fade.
    mutating func note(_ item: UInt32, weight: Float) {
        inflated[Int(item)] += weight * Float(weightNow)
        weightNow *= growth
        guard weightNow > Self.weightMax else { return }
        let scale = scale
        for index in inflated.indices { inflated[index] *= scale }
        weightNow = 1
    }
}
