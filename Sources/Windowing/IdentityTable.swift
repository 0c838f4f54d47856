internal import Events

/// A hash table from identities to event times: flat slots of 24 bytes, open addressing with linear probing.
///
/// A slot whose time is behind `beginMs` is dead: it counts for nothing, and is swept later. Every few new
/// identities some slots are swept further on, so that a stream that goes on and on neither grows the table nor
/// ever waits for a sweep of the whole. It doubles when three slots in four are taken and most of them are
/// alive: 32 to 80 bytes per live identity, and half as much again while it doubles.
struct IdentityTable: ~Copyable {
    private struct Slot {
        var high: UInt64
        var low: UInt64
        /// `empty` where nothing is.
        var timeMs: Int64
    }

    private static let empty = Int64.min
    private static let capacityMin = 1024
    /// Eight slots for each new identity, in one go for eight of them: side by side they come fast.
    private static let sweepEvery = 8
    private static let sweepStep = 64

    private var slots: UnsafeMutableBufferPointer<Slot>
    /// Slots that are not empty, dead ones included.
    private var occupied = 0
    /// Where the sweep goes on.
    private var cursor = 0
    /// New identities since then.
    private var unswept = 0

    init() {
        slots = Self.allocate(Self.capacityMin)
    }

    deinit { slots.deallocate() }

    var bytes: Int { slots.count * MemoryLayout<Slot>.stride }

    /// The slot of the identity, or the empty one where it belongs. Holds until the next change.
    func find(_ identity: EventIdentity) -> Int {
        var at = home(identity.high, identity.low)
        while slots[at].timeMs != Self.empty, slots[at].low != identity.low || slots[at].high != identity.high
        {
            at = (at + 1) & (slots.count - 1)
        }
        return at
    }

    /// The time of the identity there; `Int64.min` where there is none.
    func timeMs(at slot: Int) -> Int64 { slots[slot].timeMs }

    /// Puts an identity into the slot that `find` gave for it. `live`: how many are alive, this one included.
    mutating func remember(_ identity: EventIdentity, timeMs: Int64, at slot: Int, beginMs: Int64, live: Int)
    {
        if slots[slot].timeMs == Self.empty { occupied += 1 }
        slots[slot] = Slot(high: identity.high, low: identity.low, timeMs: timeMs)
        unswept += 1
        if unswept >= Self.sweepEvery { sweep(Self.sweepStep, beginMs: beginMs) }
        guard occupied * 4 > slots.count * 3 else { return }
        if live * 5 > slots.count * 3 {
            grow(beginMs: beginMs)
        } else {
            sweep(slots.count, beginMs: beginMs)
        }
    }

    /// Visits the live entries in the order of the slots, which says nothing.
    func forEach(from beginMs: Int64, _ visit: (EventIdentity, Int64) -> Void) {
        for slot in slots where slot.timeMs != Self.empty && slot.timeMs >= beginMs {
            visit(EventIdentity(high: slot.high, low: slot.low), slot.timeMs)
        }
    }

    /// Looks at the next `steps` slots and empties the dead ones.
    private mutating func sweep(_ steps: Int, beginMs: Int64) {
        unswept = 0
        for _ in 0..<steps {
            // What moves up into an emptied slot may be dead as well.
            while slots[cursor].timeMs != Self.empty, slots[cursor].timeMs < beginMs { erase(cursor) }
            cursor = (cursor + 1) & (slots.count - 1)
        }
    }

    /// Empties a slot and moves up what had to give way to it, so that no probe ends too early (Knuth, "The
    /// Art of Computer Programming", volume 3, 6.4, algorithm R).
    private mutating func erase(_ slot: Int) {
        let mask = slots.count - 1
        var (hole, next) = (slot, (slot + 1) & mask)
        while slots[next].timeMs != Self.empty {
            let distance = (next - home(slots[next].high, slots[next].low)) & mask
            if distance >= (next - hole) & mask {
                slots[hole] = slots[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        slots[hole].timeMs = Self.empty
        occupied -= 1
    }

    private mutating func grow(beginMs: Int64) {
        let old = slots
        slots = Self.allocate(old.count * 2)
        occupied = 0
        cursor = 0
        for slot in old where slot.timeMs != Self.empty && slot.timeMs >= beginMs {
            slots[find(EventIdentity(high: slot.high, low: slot.low))] = slot
            occupied += 1
        }
        old.deallocate()
    }

    /// Identities are hashes, but nobody promises that each of their bits is well spread.
    private func home(_ high: UInt64, _ low: UInt64) -> Int {
        let spread = (low ^ (high &<< 32 | high &>> 32)) &* 0x9e37_79b9_7f4a_7c15
        return Int(truncatingIfNeeded: spread &>> 32) & (slots.count - 1)
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutableBufferPointer<Slot> {
        let slots = UnsafeMutableBufferPointer<Slot>.allocate(capacity: capacity)
        slots.initialize(repeating: Slot(high: 0, low: 0, timeMs: empty))
        return slots
    }
}
