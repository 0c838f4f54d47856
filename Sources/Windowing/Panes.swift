/// How many identities are remembered in each pane of event time, and where memory begins.
///
/// Panes are `widthMs` wide and aligned to the epoch, so that where one begins does not depend on what came
/// before.
struct Panes {
    let widthMs: Int64
    /// By pane number modulo the length, a power of two: at most 66 panes are alive at once.
    private var counts: [Int]
    /// The number of the oldest pane that is alive.
    private var first = Int64.min
    /// The sum of the counts of all panes that are alive.
    private(set) var count = 0
    /// Where memory was made to begin by `raise`, apart from what the watermark asks; `Int64.min` if never.
    private(set) var raisedMs = Int64.min

    init(dedupeMs: Int64) {
        widthMs = max(1, (dedupeMs + 63) / 64)
        counts = Array(repeating: 0, count: 128)
    }

    /// Times from here on are alive.
    var beginMs: Int64 { first == .min ? raisedMs : max(first * widthMs, raisedMs) }

    mutating func add(_ timeMs: Int64) {
        counts[index(pane(timeMs))] += 1
        count += 1
    }

    mutating func remove(_ timeMs: Int64) {
        counts[index(pane(timeMs))] -= 1
        count -= 1
    }

    /// Lets go of all panes that end at or before `timeMs`.
    mutating func advance(toHold timeMs: Int64) {
        let target = pane(timeMs)
        guard target > first else { return }
        drop(to: target)
    }

    /// Lets go of the oldest panes until at most `limit` identities are left; returns how many went.
    mutating func raise(toHold limit: Int) -> Int {
        let before = count
        while count > limit { drop(to: first + 1) }
        raisedMs = max(raisedMs, first * widthMs)
        return before - count
    }

    /// Takes over a horizon of an earlier life.
    mutating func raise(to timeMs: Int64) {
        raisedMs = max(raisedMs, timeMs)
        if timeMs != .min { advance(toHold: timeMs) }
    }

    private mutating func drop(to target: Int64) {
        if first != .min {
            for pane in first..<min(target, first + Int64(counts.count)) {
                count -= counts[index(pane)]
                counts[index(pane)] = 0
            }
        }
        first = target
    }

    private func pane(_ timeMs: Int64) -> Int64 {
        // Rounds down, also before 1970.
        (timeMs - (timeMs < 0 ? widthMs - 1 : 0)) / widthMs
    }

    private func index(_ pane: Int64) -> Int {
        Int(truncatingIfNeeded: pane) & (counts.count - 1)
    }
}
