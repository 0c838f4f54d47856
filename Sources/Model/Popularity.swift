import State

/// How much each item is wanted now: the logarithm of a count that halves every `halfLife` events of the stream.
///
/// Logarithms are kept as if nothing faded: what is added later counts for more, and a reader takes `now` away. So
/// the present takes no loop over the items; only once in about 460,000 events all are brought back to small
/// numbers.
struct Popularity: ~Copyable {
    /// ln of the faded count, plus what `now` was when it was noted; `unseen` for an item nobody touched.
    private(set) var inflated = AlignedFloats()
    /// Acts on each item; 0 for one that only the catalog knows.
    private(set) var counts: [UInt32] = []
    /// The number of the event in which each item first came, counted from 1; `notYet` before that. As a `Float`,
    /// because only its part of all events matters.
    private(set) var firsts = AlignedFloats()
    /// Events noted.
    private(set) var events: UInt64 = 0
    /// What all counts have faded by, as a logarithm.
    private(set) var now: Float = 0
    /// How often all were brought back to small numbers.
    private(set) var eras: UInt64 = 0
    private let fading: Float

    static let unseen: Float = -1e30
    private static let notYet: Float = 1e30
    private static let nowMax: Float = 32
    /// Items that are kept in one row of the state.
    private static let blockItems = 512

    init(halfLifeEvents: Double) {
        fading = Float(Curves.log(2) / halfLifeEvents)
    }

    mutating func addItem(recorder: inout StateRecorder) {
        keep(block: counts.count / Self.blockItems, &recorder)
        inflated.append(Self.unseen)
        firsts.append(Self.notYet)
        counts.append(0)
    }

    /// One event of the stream: `item` gains `weight`, all others fade.
    mutating func note(_ item: UInt32, weight: Float, recorder: inout StateRecorder) {
        keep(block: Int(item) / Self.blockItems, &recorder)
        events += 1
        if counts[Int(item)] == 0 { firsts[Int(item)] = Float(events) }
        counts[Int(item)] += 1
        let faded = max(inflated[Int(item)] - now, -60)
        let count = Curves.exp2(Double(faded) * 1.442_695_040_888_963_4) + Double(weight)
        inflated[Int(item)] = Float(Curves.log(count)) + now
        now += fading
        if now > Self.nowMax { rebase(&recorder) }
    }

    /// Every item's logarithm as of now, by item row; unseen ones far below all others.
    func score(on sheet: inout ScoreSheet) {
        sheet.fill(count: inflated.count) { inflated[$0] - now }
    }

    /// Adds `weight` times the logarithm to every item that is wanted more than once now.
    func add(_ weight: Float, on sheet: inout ScoreSheet) {
        for item in 0..<inflated.count { sheet.scores[item] += weight * max(0, inflated[item] - now) }
    }

    /// Whether hardly anybody had the chance to act on an item: nobody did, or fewer than five, the first of them
    /// within the newest hundredth of all events.
    func isNew(_ item: UInt32) -> Bool {
        let count = counts[Int(item)]
        if count == 0 { return true }
        return count < 5 && Float(events) - firsts[Int(item)] < Float(events) / 100
    }

    /// Hides what nobody touched.
    func hideUnseen(on sheet: inout ScoreSheet) {
        sheet.hide(whereZero: counts)
    }

    private mutating func rebase(_ recorder: inout StateRecorder) {
        for block in 0...counts.count / Self.blockItems { keep(block: block, &recorder) }
        for item in 0..<inflated.count where counts[item] > 0 { inflated[item] -= now }
        now = 0
        eras += 1
    }

    private func keep(block: Int, _ recorder: inout StateRecorder) {
        recorder.willChange(.popularity, UInt32(block)) { write(block: UInt32(block), to: &$0) }
    }

    func write(block: UInt32, to bytes: inout [UInt8]) {
        let start = min(Int(block) * Self.blockItems, counts.count)
        let items = start..<min(start + Self.blockItems, counts.count)
        bytes.put(UInt32(items.count))
        bytes.put(inflated.start + start, count: items.count)
        bytes.put(firsts.start + start, count: items.count)
        counts[items].withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// An item leaves memory.
    mutating func clear(_ item: UInt32, recorder: inout StateRecorder) {
        keep(block: Int(item) / Self.blockItems, &recorder)
        (inflated[Int(item)], firsts[Int(item)], counts[Int(item)]) = (Self.unseen, Self.notYet, 0)
    }

    func write(item: UInt32, to bytes: inout [UInt8]) {
        bytes.put(eras)
        bytes.put(inflated[Int(item)])
        bytes.put(firsts[Int(item)])
        bytes.put(counts[Int(item)])
    }

    /// Takes an item back as if it had never left: what all others lost since, it loses now.
    mutating func readItem(_ item: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        let era = try bytes.take(UInt64.self)
        guard era <= eras else { throw .unexpected }
        inflated[Int(item)] = try bytes.take()
        firsts[Int(item)] = try bytes.take()
        counts[Int(item)] = try bytes.take()
        guard counts[Int(item)] > 0, era < eras else { return }
        let lost = lostInAnEra
        for _ in era..<eras { inflated[Int(item)] -= lost }
    }

    /// What `now` is when an era ends: it grows by the same steps in each.
    private var lostInAnEra: Float {
        var now: Float = 0
        while now <= Self.nowMax { now += fading }
        return now
    }

    mutating func restore(eras: UInt64) {
        self.eras = eras
    }

    func writeCore(to bytes: inout [UInt8]) {
        bytes.put(now)
        bytes.put(events)
    }

    mutating func readBlock(from bytes: inout StateBytes) throws(StateDamage) {
        let count = try bytes.takeCount(bytesEach: 12)
        for _ in 0..<count { inflated.append(try bytes.take()) }
        for _ in 0..<count { firsts.append(try bytes.take()) }
        for _ in 0..<count { counts.append(try bytes.take()) }
    }

    mutating func readCore(from bytes: inout StateBytes) throws(StateDamage) {
        now = try bytes.take()
        events = try bytes.take()
    }
}
