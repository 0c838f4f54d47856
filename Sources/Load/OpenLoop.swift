/// Which events are due, and how far the sending is behind them.
///
/// A sender that waits for what it tests sends less just when that is slow, and so measures the good moments more
/// often than the bad ("coordinated omission"). Here every event has its moment beforehand, it is sent then or as soon
/// as possible afterwards, and whatever is measured counts from that moment.
package struct OpenLoop: Sendable {
    private var arrivals: Arrivals
    private let endNs: UInt64
    private var nextNs: UInt64?
    /// Events taken so far.
    package private(set) var taken = 0
    /// The longest that an event was taken after it was due.
    package private(set) var longestDelayNs: UInt64 = 0
    /// When the last one was taken.
    package private(set) var lastTakenNs: UInt64 = 0

    /// - Parameter endNs: nothing that is due from then on is taken.
    package init(_ arrivals: Arrivals, endNs: UInt64) {
        self.arrivals = arrivals
        self.endNs = endNs
        nextNs = self.arrivals.nextNs()
    }

    package var isOver: Bool { nextNs.map { $0 >= endNs } ?? true }

    /// How long after the end what is due is still sent: a rate that is out of reach has shown itself by then.
    package static let overtimeNs: UInt64 = 10_000_000_000

    /// Whether it is too late for what was not sent yet.
    package func isGivenUp(nowNs: UInt64) -> Bool { nowNs > endNs + Self.overtimeNs }

    /// When the next event is due; `nil` when there is none any more.
    package var dueNs: UInt64? { isOver ? nil : nextNs }

    /// Takes the next event, if it is due by now; the answer is when it was due.
    package mutating func take(nowNs: UInt64) -> UInt64? {
        guard let due = dueNs, due <= nowNs else { return nil }
        nextNs = arrivals.nextNs()
        taken += 1
        longestDelayNs = max(longestDelayNs, nowNs - due)
        lastTakenNs = nowNs
        return due
    }

    /// Whether all were sent by the end, to within a hundredth of the time and at least a quarter of a second.
    package var keptItsRate: Bool {
        isOver && lastTakenNs <= endNs + max(endNs / 100, 250_000_000)
    }
}
