import Events
import State

/// Who was forgotten, and up to when: what a user did until then is refused for ever, so that no replay of the log
/// brings the user back.
///
/// No id is kept, only 128 bits of hash. At most `entriesMax` users are kept apart. When there would be more, the
/// eighth that was forgotten longest ago goes, and up to the newest of those times everybody's events are refused:
/// that old a log cannot be learned again in this state, but nobody who was forgotten ever comes back.
///
/// Memory: about 90 bytes a user. A look costs nothing while nobody was forgotten, then 80 ns, and 250 ns when a million
/// were. To drop the oldest eighth of a million takes a quarter of a second, once in 125,000 users.
struct Tombstones {
    private struct Entry: BitwiseCopyable {
        var high: UInt64
        var low: UInt64
        var untilMs: Int64
    }

    private let entriesMax: Int
    /// In the order in which the users were first forgotten.
    private var entries: [Entry] = []
    private var places: [EventIdentity: Int] = [:]
    /// Up to here the events of everybody are refused.
    private var floorMs = Int64.min

    init(entriesMax: Int) {
        precondition(entriesMax > 0)
        self.entriesMax = entriesMax
    }

    /// Whether an event of this user and time must not be learned.
    func refuse(_ user: Identifier, timestampMs: Int64) -> Bool {
        if timestampMs <= floorMs { return true }
        guard !entries.isEmpty, let place = places[EventIdentity(erasureOf: user)] else { return false }
        return timestampMs <= entries[place].untilMs
    }

    /// Notes an erasure. `false` when a tombstone says as much already: what the user did since must stay.
    mutating func add(_ erasure: Erasure, recorder: inout StateRecorder) -> Bool {
        let user = EventIdentity(erasureOf: erasure.user)
        if let place = places[user] {
            guard entries[place].untilMs < erasure.timestampMs else { return false }
            keep(block: place / Self.blockEntries, &recorder)
            entries[place].untilMs = erasure.timestampMs
            return true
        }
        if entries.count >= entriesMax { dropOldest(&recorder) }
        guard erasure.timestampMs > floorMs else { return true }
        keep(block: entries.count / Self.blockEntries, &recorder)
        append(Entry(high: user.high, low: user.low, untilMs: erasure.timestampMs))
        return true
    }

    private mutating func append(_ entry: Entry) {
        places[EventIdentity(high: entry.high, low: entry.low)] = entries.count
        entries.append(entry)
    }

    private mutating func dropOldest(_ recorder: inout StateRecorder) {
        for block in 0...(entries.count - 1) / Self.blockEntries { keep(block: block, &recorder) }
        floorMs = max(floorMs, entries.map(\.untilMs).sorted()[entries.count / 8])
        let kept = entries.filter { $0.untilMs > floorMs }
        entries.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        for entry in kept { append(entry) }
    }
}

/// How tombstones are kept: blocks of them, and the time for everybody in a row of its own.
extension Tombstones {
    /// Tombstones that are kept in one row of the state.
    private static let blockEntries = 256
    private static let floorKey: Int64 = -1

    private func keep(block: Int, _ recorder: inout StateRecorder) {
        recorder.willChange(.tombstones, UInt32(block)) { write(block: UInt32(block), to: &$0) }
    }

    func write(block: UInt32, to bytes: inout [UInt8]) {
        let start = min(Int(block) * Self.blockEntries, entries.count)
        // A block whose tombstones were dropped is kept as an empty one.
        bytes.put(Array(entries[start..<min(start + Self.blockEntries, entries.count)]))
    }

    func writeFloor(to recorder: inout StateRecorder) {
        guard floorMs > .min else { return }
        recorder.put(.tombstones, Self.floorKey) { $0.put(floorMs) }
    }

    mutating func readRow(_ key: Int64, from bytes: inout StateBytes) throws(StateDamage) {
        guard key != Self.floorKey else { return floorMs = try bytes.take() }
        for entry in try bytes.takeList(of: Entry.self) { append(entry) }
        guard places.count == entries.count else { throw .unexpected }
    }
}
