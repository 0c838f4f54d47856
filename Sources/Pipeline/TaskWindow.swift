import Events
import State
import Windowing

/// The window of one task: partition p of every user-keyed topic, so that a user's ratings and feedback share one
/// watermark and one memory of identities.
///
/// For checkpoints the identities that were admitted stand in blocks of 256, numbered in the order of admission, so
/// that the blocks depend on the log alone. A full block never changes: it is copied out when it fills, so that a
/// checkpoint has only the open one to copy, however many identities came since the last.
final class TaskWindow {
    let partition: Int32
    private(set) var window: Window
    /// Identities ever admitted.
    private var admitted: UInt64 = 0
    /// The block that is not yet full.
    private var open: [Window.Entry] = []
    /// The newest time of each full block that is kept, by number.
    private var sealed: [(number: UInt64, newestMs: Int64)] = []
    /// Full blocks that no checkpoint holds yet, so many to a chunk that none grows for long.
    private var pending: [SealedChunk] = []

    private static let blockEntries = 256
    private static let blocksPerChunk = 64
    /// A block's key is the partition, and its number in this many bits.
    private static let numberBits: Int64 = 40

    init(partition: Int32, rules: WindowRules) {
        self.partition = partition
        window = Window(rules)
    }

    func admit(_ identity: EventIdentity, timestampMs: Int64) -> Admission {
        let admission = window.admit(identity, timestampMs: timestampMs)
        if admission == .fresh {
            open.append(Window.Entry(identity: identity, timestampMs: timestampMs))
            admitted += 1
            if open.count == Self.blockEntries { seal() }
        }
        return admission
    }

    /// Adds what changed since the last checkpoint, and takes out the blocks that nothing remembers any more.
    func write(to recorder: inout StateRecorder) {
        recorder.put(.windows, Int64(partition)) { bytes in
            bytes.put(window.mark.watermarkMs ?? .min)
            bytes.put(window.mark.raisedMs)
            bytes.put(window.mark.forgotten)
            bytes.put(admitted)
        }
        recorder.put(pending.map(\.rows))
        pending = []
        if !open.isEmpty {
            recorder.put(.identities, key(admitted / UInt64(Self.blockEntries))) { writeOpen(to: &$0) }
        }
        sealed.removeAll { block in
            let isPast = block.newestMs < window.beginMs
            if isPast { recorder.remove(.identities, key(block.number)) }
            return isPast
        }
    }

    private func seal() {
        let number = admitted / UInt64(Self.blockEntries) - 1
        let newestMs = open.reduce(.min) { max($0, $1.timestampMs) }
        if pending.last.map({ $0.rows.rows.count >= Self.blocksPerChunk }) ?? true {
            pending.append(SealedChunk(numbers: number...number, newestMs: newestMs))
        }
        let last = pending.count - 1
        pending[last].numbers = pending[last].numbers.lowerBound...number
        pending[last].newestMs = max(pending[last].newestMs, newestMs)
        pending[last].rows.put(.identities, key(number)) { writeOpen(to: &$0) }
        sealed.append((number, newestMs))
        open.removeAll(keepingCapacity: true)
        dropForgotten()
    }

    /// What nothing remembers any more before a checkpoint took it need not be kept at all; where there are no
    /// checkpoints it would only grow.
    private func dropForgotten() {
        while let oldest = pending.first, oldest.newestMs < window.beginMs {
            sealed.removeAll { oldest.numbers.contains($0.number) }
            pending.removeFirst()
        }
    }

    private func writeOpen(to bytes: inout [UInt8]) {
        // As they lie in memory: two words of the identity, and the time.
        assert(MemoryLayout<Window.Entry>.size == 24)
        open.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// The window that was kept; its blocks follow.
    init(partition: Int32, rules: WindowRules, from bytes: inout StateBytes) throws(StateDamage) {
        self.partition = partition
        let watermarkMs = try bytes.take(Int64.self)
        let raisedMs = try bytes.take(Int64.self)
        let mark = Window.Mark(
            watermarkMs: watermarkMs == .min ? nil : watermarkMs, raisedMs: raisedMs,
            forgotten: try bytes.take())
        admitted = try bytes.take()
        guard Self.isTime(watermarkMs), Self.isTime(raisedMs), admitted >> 48 == 0 else {
            throw .unexpected
        }
        window = Window(rules, restoring: mark, entries: [])
        kept = (mark, [])
    }

    /// What is being read, until `finishReading`.
    private var kept: (mark: Window.Mark, entries: [Window.Entry])?

    func readBlock(_ number: UInt64, _ bytes: UnsafeRawBufferPointer) throws(StateDamage) {
        var source = StateBytes(bytes)
        var entries: [Window.Entry] = []
        while !source.isAtEnd { entries.append(try Self.entry(from: &source)) }
        kept?.entries += entries
        let size = UInt64(Self.blockEntries)
        if number < admitted / size, entries.count == Self.blockEntries {
            sealed.append((number, entries.reduce(.min) { max($0, $1.timestampMs) }))
        } else if number == admitted / size, UInt64(entries.count) == admitted % size {
            open = entries
        } else {
            throw .unexpected
        }
    }

    func finishReading() throws(StateDamage) {
        guard let kept else { return }
        guard UInt64(open.count) == admitted % UInt64(Self.blockEntries) else { throw .unexpected }
        window = Window(window.rules, restoring: kept.mark, entries: kept.entries)
        self.kept = nil
    }

    private func key(_ number: UInt64) -> Int64 {
        Int64(partition) << Self.numberBits | Int64(number)
    }

    /// The partition and the number of a block.
    static func parts(ofKey key: Int64) -> (partition: Int32, number: UInt64) {
        (Int32(truncatingIfNeeded: key >> numberBits), UInt64(key & ((1 << numberBits) - 1)))
    }

    private static func entry(from bytes: inout StateBytes) throws(StateDamage) -> Window.Entry {
        let entry = Window.Entry(
            identity: EventIdentity(high: try bytes.take(), low: try bytes.take()),
            timestampMs: try bytes.take())
        guard isTime(entry.timestampMs) else { throw .unexpected }
        return entry
    }

    /// Whether a window can have written it: a time that it admits, or less its memory; or none.
    private static func isTime(_ timeMs: Int64) -> Bool {
        timeMs == .min || timeMs.magnitude <= 2 * Window.timeMsMax
    }
}

/// Full blocks, by their numbers, as the rows of a checkpoint to come.
private struct SealedChunk {
    var rows = StateChunk()
    var numbers: ClosedRange<UInt64>
    /// The newest time in any of them.
    var newestMs: Int64
}
