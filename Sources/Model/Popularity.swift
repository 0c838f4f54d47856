import State

/// How much each item is wanted now: a count that halves every `halfLife` events of the stream.
///
/// Counts are kept inflated, as in `NeighbourTable`: an event adds 2^(events / halfLife), and reading multiplies by
/// `scale`, so that the present takes no loop over the items.
struct Popularity: Equatable, Sendable {
    private var inflated: [Float] = []
    /// Acts on each item; 0 for one that only the catalog knows.
    private(set) var counts: [UInt32] = []
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

    mutating func addItem(recorder: inout StateRecorder) {
        keep(block: counts.count / Self.blockItems, &recorder)
        inflated.append(0)
        counts.append(0)
    }

    /// One event of the stream: `item` gains `weight`, all others fade.
    mutating func note(_ item: UInt32, weight: Float, recorder: inout StateRecorder) {
        keep(block: Int(item) / Self.blockItems, &recorder)
        counts[Int(item)] += 1
        inflated[Int(item)] += weight * Float(weightNow)
        weightNow *= growth
        guard weightNow > Self.weightMax else { return }
        let scale = scale
        for block in 0...inflated.count / Self.blockItems { keep(block: block, &recorder) }
        for index in inflated.indices { inflated[index] *= scale }
        weightNow = 1
    }

    /// Items that are kept in one row of the state.
    static let blockItems = 512

    private func keep(block: Int, _ recorder: inout StateRecorder) {
        recorder.willChange(.popularity, UInt32(block)) { write(block: UInt32(block), to: &$0) }
    }

    func write(block: UInt32, to bytes: inout [UInt8]) {
        let start = min(Int(block) * Self.blockItems, counts.count)
        let items = start..<min(start + Self.blockItems, counts.count)
        bytes.put(Array(inflated[items]))
        bytes.put(Array(counts[items]))
    }

    func writeCore(to bytes: inout [UInt8]) {
        bytes.put(weightNow)
    }

    mutating func readBlock(from bytes: inout StateBytes) throws(StateDamage) {
        inflated += try bytes.takeList(of: Float.self)
        counts += try bytes.takeList(of: UInt32.self)
        guard inflated.count == counts.count else { throw .unexpected }
    }

    mutating func readCore(from bytes: inout StateBytes) throws(StateDamage) {
        weightNow = try bytes.take()
    }
}
