package import Events

/// What a window says of an event. Each event of the log gets exactly one of these.
package enum Admission: Equatable, Sendable {
    /// Not seen before and not late: learn from it.
    case fresh
    /// Seen before.
    case duplicate
    /// So old that it can no longer be told from one that was seen and forgotten.
    case late
}

/// The event-time window of one task: which events are new, which came before, which come too late.
///
/// The *watermark* is the largest event time that was fresh so far. For an event of time t:
///
/// 1. its identity is remembered, with a time ≥ watermark − `dedupeMs` → duplicate;
/// 2. else t < watermark − `latenessMs` → late;
/// 3. else fresh: remembered with t, and the watermark becomes the larger of itself and t.
///
/// **No event counts twice.** Say an event of time t was fresh and comes again. If it is still remembered,
/// rule 1 takes it. If it is not, then t < watermark − `dedupeMs` ≤ watermark − `latenessMs`, because what is
/// forgotten is older than that and `dedupeMs` ≥ `latenessMs`; rule 2 takes it, now and ever after, since the
/// watermark never falls. (A producer that sends an id again with *another* time makes another event of it
/// once the first is forgotten: no bounded memory can tell.)
///
/// **Memory is bounded.** Event time is cut into panes of 1/64 of `dedupeMs`. When `entriesMax` identities
/// are remembered and a new one comes, the oldest panes are forgotten whole until there is room: the horizon
/// rises. From then on every event below the horizon is late if it is not remembered, so the argument above
/// holds with the horizon in the place of the watermark's bounds. `forgotten` counts what was given up; the
/// pane of the new event itself can be among it, and then the event is late, though the watermark has moved
/// to it.
///
/// Every answer depends on the calls alone, never on when memory was swept: what is remembered is defined by
/// pane, and slots that are behind are looked at as if they were empty until they are.
///
/// - Complexity: O(1) expected per event, one or two cache misses; doubling the table is O(n), at 2^k
///   identities.
package struct Window: ~Copyable {
    package let rules: WindowRules
    private var table = IdentityTable()
    private var panes: Panes
    /// The largest event time so far; `nil` before the first event.
    package private(set) var watermarkMs: Int64?
    /// Identities that were given up early because `entriesMax` was reached.
    package private(set) var forgotten: UInt64 = 0

    package init(_ rules: WindowRules = WindowRules()) {
        self.rules = rules
        panes = Panes(dedupeMs: rules.dedupeMs)
    }

    /// Says what an event is, and remembers it when it is fresh.
    ///
    /// - Precondition: the time is within ±`timeMsMax`.
    package mutating func admit(_ identity: EventIdentity, timestampMs: Int64) -> Admission {
        precondition(timestampMs.magnitude <= Self.timeMsMax)
        let slot = table.find(identity)
        if let watermarkMs {
            let rememberedMs = table.timeMs(at: slot)
            if rememberedMs >= max(watermarkMs - rules.dedupeMs, panes.beginMs) { return .duplicate }
            if timestampMs < max(watermarkMs - rules.latenessMs, panes.raisedMs) { return .late }
        }
        if timestampMs > watermarkMs ?? .min { rise(to: timestampMs) }
        // An identity that was forgotten by time, but not yet by pane, moves to its new pane.
        let earlierMs = table.timeMs(at: slot)
        if earlierMs >= panes.beginMs { panes.remove(earlierMs) }
        if panes.count >= rules.entriesMax {
            forgotten += UInt64(panes.raise(toHold: rules.entriesMax - 1))
            guard timestampMs >= panes.beginMs else { return .late }
        }
        panes.add(timestampMs)
        table.remember(identity, timeMs: timestampMs, at: slot, beginMs: panes.beginMs, live: panes.count)
        return .fresh
    }

    private mutating func rise(to timeMs: Int64) {
        watermarkMs = timeMs
        panes.advance(toHold: timeMs - rules.dedupeMs)
    }

    /// Far beyond the year 9999, with room for every sum here.
    package static let timeMsMax: UInt64 = 1 << 53
}

// MARK: - What a checkpoint keeps

extension Window {
    /// One remembered identity and its event time.
    package struct Entry: Equatable, Sendable {
        package var identity: EventIdentity
        package var timestampMs: Int64

        package init(identity: EventIdentity, timestampMs: Int64) {
            self.identity = identity
            self.timestampMs = timestampMs
        }
    }

    /// What a window is besides its entries.
    package struct Mark: Equatable, Sendable {
        package var watermarkMs: Int64?
        /// Nothing below this is remembered, because `entriesMax` was reached; `Int64.min` if it never was.
        package var raisedMs: Int64
        package var forgotten: UInt64

        package init(watermarkMs: Int64?, raisedMs: Int64 = .min, forgotten: UInt64 = 0) {
            self.watermarkMs = watermarkMs
            self.raisedMs = raisedMs
            self.forgotten = forgotten
        }
    }

    package var mark: Mark {
        Mark(watermarkMs: watermarkMs, raisedMs: panes.raisedMs, forgotten: forgotten)
    }

    /// How many identities are remembered; never more than `entriesMax`.
    package var count: Int { panes.count }

    /// Every remembered identity has a time from here on, so a store may delete all below. Together with the
    /// identities that were fresh since the last checkpoint this is all that a store must hear of.
    package var beginMs: Int64 { panes.beginMs }

    /// The memory of the table, in bytes.
    package var bytes: Int { table.bytes }

    /// The remembered identities, oldest first, equal times by the bits of the identity.
    ///
    /// - Complexity: O(n log n) time and O(n) memory.
    package func entries() -> [Entry] {
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        table.forEach(from: beginMs) { entries.append(Entry(identity: $0, timestampMs: $1)) }
        entries.sort { left, right in
            (left.timestampMs, left.identity.high, left.identity.low)
                < (right.timestampMs, right.identity.high, right.identity.low)
        }
        return entries
    }

    /// Two windows that would give the same answers for ever give the same digest, whatever lies where in
    /// memory.
    ///
    /// - Complexity: O(n), in place: the entries' own mixes are summed, so their order is no matter.
    package var digest: UInt64 {
        var sum = mixed(UInt64(bitPattern: watermarkMs ?? .min))
        sum = mixed(sum ^ UInt64(bitPattern: panes.raisedMs))
        sum = mixed(sum ^ forgotten)
        table.forEach(from: beginMs) { identity, timeMs in
            sum &+= mixed(mixed(mixed(identity.high) ^ identity.low) ^ UInt64(bitPattern: timeMs))
        }
        return sum
    }

    /// The window that `mark` and `entries()` were taken of; the order of the entries is no matter.
    ///
    /// The rules may have changed meanwhile: what they no longer remember is left out, and if `entriesMax` is
    /// now too small the horizon rises as it would have.
    package init(_ rules: WindowRules, restoring mark: Mark, entries: some Sequence<Entry>) {
        self.init(rules)
        forgotten = mark.forgotten
        panes.raise(to: mark.raisedMs)
        if let watermarkMs = mark.watermarkMs { rise(to: watermarkMs) }
        for entry in entries where entry.timestampMs >= panes.beginMs {
            if entry.timestampMs > watermarkMs ?? .min { rise(to: entry.timestampMs) }
            let slot = table.find(entry.identity)
            let earlierMs = table.timeMs(at: slot)
            guard entry.timestampMs > earlierMs else { continue }
            if earlierMs >= panes.beginMs { panes.remove(earlierMs) }
            panes.add(entry.timestampMs)
            table.remember(
                entry.identity, timeMs: entry.timestampMs, at: slot, beginMs: panes.beginMs, live: panes.count
            )
        }
        if panes.count > rules.entriesMax {
            forgotten += UInt64(panes.raise(toHold: rules.entriesMax))
        }
    }
}

/// The finisher of SplitMix64. Source: Steele, Lea & Flood, OOPSLA 2014, with Stafford's constants (variant
/// 13).
private func mixed(_ word: UInt64) -> UInt64 {
    var word = word &+ 0x9e37_79b9_7f4a_7c15
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
}
