/// When to keep the state, and how far the checkpoint under way is.   idle ──due──▶ copying ──▶ committing ──▶ idle
package struct CheckpointPace: Equatable, Sendable {
    private enum Stage: Equatable {
        case idle, copying, committing
    }

    private let intervalMs: Int64
    private let events: UInt64
    private var stage = Stage.idle
    private var beganAtMs: Int64?
    /// Events that had been read when the checkpoint under way, or else the last one, began.
    private var beganAtEvents: UInt64?
    private var keptEvents: UInt64?
    private var isWanted = false

    package init(intervalMs: Int64, events: UInt64) {
        self.intervalMs = intervalMs
        self.events = events
    }

    package var isCopying: Bool { stage == .copying }

    /// Whether to begin one now. Nothing is kept anew while nothing was read.
    package mutating func isDue(events read: UInt64, nowMs: Int64) -> Bool {
        guard stage == .idle, read != keptEvents else { return false }
        if isWanted { return true }
        guard let beganAtMs else {
            // The first interval begins with the first turn.
            self.beganAtMs = nowMs
            return false
        }
        return nowMs - beganAtMs >= intervalMs || read - (beganAtEvents ?? 0) >= events
    }

    /// Whether one should have begun long ago.
    package func isLate(events read: UInt64, nowMs: Int64) -> Bool {
        guard stage == .idle, let beganAtMs else { return false }
        let sinceEvents = read - (beganAtEvents ?? 0)
        return nowMs - beganAtMs >= 2 * intervalMs || sinceEvents >= 2 * events
    }

    package mutating func began(events read: UInt64, nowMs: Int64) {
        (stage, beganAtMs, beganAtEvents, isWanted) = (.copying, nowMs, read, false)
    }

    package mutating func handedOver() {
        stage = .committing
    }

    package mutating func committed() {
        (stage, keptEvents) = (.idle, beganAtEvents)
    }

    /// The next one begins as soon as it can, unless everything is kept already.
    package mutating func wantsNow(events read: UInt64) {
        isWanted = read != keptEvents
    }

    /// Whether everything that was read is kept.
    package func isUpToDate(events read: UInt64) -> Bool {
        stage == .idle && (read == keptEvents || (read == 0 && keptEvents == nil))
    }
}
