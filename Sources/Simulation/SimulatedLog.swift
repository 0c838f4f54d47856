package import Events
import Model
package import Pipeline

/// A log of fixed records that delivers them with every freedom that a real one has: lanes interleave at random,
/// polls bring little or nothing or fail, ends are told late, and a rebalance takes away what waits.
package struct SimulatedLog: EventSource, ~Copyable {
    /// A record as it stands in the log.
    package struct Entry: Sendable {
        package var key: [UInt8]?
        package var value: [UInt8]?
        package var arrivedMs: Int64
    }

    package private(set) var stored: [Lane: Int64] = [:]
    private let lanes: [Lane]
    private let entries: [Lane: [Entry]]
    private var next: [Lane: Int64] = [:]
    private var beginnings: [Lane: Int64] = [:]
    private var paused: Set<Lane> = []
    private var toldEnd: Set<Lane> = []
    private var isAssigned = false
    package var faults: Faults

    package init(entries: [Lane: [Entry]], stored: [Lane: Int64] = [:], faults: Faults) {
        self.entries = entries
        self.stored = stored
        self.lanes = entries.keys.sorted()
        self.faults = faults
    }

    /// Whether everything has been delivered and every end told.
    package var isDrained: Bool {
        isAssigned && lanes.allSatisfy { next[$0] == Int64(entries[$0]?.count ?? 0) && toldEnd.contains($0) }
    }

    package mutating func begin(at positions: [Position]) {
        for position in positions { beginnings[position.lane] = position.offset }
    }

    package mutating func poll(
        limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void
    ) throws(Trouble) {
        if !isAssigned { return assign(take) }
        if faults.strike(.rebalance) { return revoke(take) }
        try faults.mayDie()
        if faults.strike(.pollFails) { throw Trouble(.tryAgain, "The simulated log is away.") }
        var left = faults.dice.below(limit + 1)
        while left > 0, let lane = pick() {
            let run = 1 + faults.dice.below(8)
            for _ in 0..<min(run, left) { deliver(lane, take) }
            left -= run
            try faults.mayDie()
        }
        for lane in lanes where isAtEnd(lane) && !toldEnd.contains(lane) && faults.dice.below(3) > 0 {
            toldEnd.insert(lane)
            take(.reachedEnd(lane, next: next[lane, default: 0]))
        }
        try faults.mayDie()
    }

    package mutating func setPaused(_ isPaused: Bool, lanes: [Lane]) throws(Trouble) {
        if isPaused { paused.formUnion(lanes) } else { paused.subtract(lanes) }
    }

    package mutating func store(_ next: [Position]) throws(Trouble) {
        if faults.strike(.storeFails) { throw Trouble(.tryAgain, "The simulated log stores nothing now.") }
        try faults.mayDie()
        for position in next {
            stored[position.lane] = position.offset
            try faults.mayDie()
        }
    }

    // Not inlined, as is `revoke`: Swift 6.3.1 crashes over it, with optimisation.
    @inline(never)
    private mutating func assign(_ take: (borrowing Arrival) -> Void) {
        isAssigned = true
        // Whoever reads decides; the catalog is read whole each time.
        for lane in lanes { next[lane] = lane.topic == .catalog ? 0 : beginnings[lane, default: 0] }
        toldEnd.removeAll()
        take(.assigned(lanes))
    }

    @inline(never)
    private mutating func revoke(_ take: (borrowing Arrival) -> Void) {
        isAssigned = false
        paused.removeAll()
        take(.revoked(lanes))
    }

    private func isAtEnd(_ lane: Lane) -> Bool {
        next[lane, default: 0] >= Int64(entries[lane]?.count ?? 0)
    }

    /// A lane with something to deliver, by chance.
    private mutating func pick() -> Lane? {
        let ready = lanes.filter { !isAtEnd($0) && !paused.contains($0) }
        return ready.isEmpty ? nil : ready[faults.dice.below(ready.count)]
    }

    private mutating func deliver(_ lane: Lane, _ take: (borrowing Arrival) -> Void) {
        guard let lines = entries[lane], !isAtEnd(lane) else { return }
        let offset = next[lane, default: 0]
        let entry = lines[Int(offset)]
        next[lane] = offset + 1
        Self.lend(entry.key) { key in
            Self.lend(entry.value) { value in
                take(
                    .record(
                        Record(
                            position: Position(lane: lane, offset: offset), arrivedMs: entry.arrivedMs,
                            key: key,
                            value: value)))
            }
        }
    }

    private static func lend(_ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Void) {
        guard let bytes else { return body(nil) }
        bytes.withUnsafeBytes { body($0) }
    }
}
