/// Whether to talk to a server now.   up ──failed──▶ down ──due──▶ (one try) ──succeeded──▶ up
package enum Link: Equatable, Sendable {
    case up
    case down(failures: Int, retryAtMs: Int64)

    package var isUp: Bool { self == .up }

    /// Whether a try is allowed: always when up; when down, once the wait is over.
    package func allowsTry(nowMs: Int64) -> Bool {
        switch self {
        case .up: true
        case .down(_, let retryAtMs): nowMs >= retryAtMs
        }
    }

    /// Waits 100 ms, 200 ms, … and never more than 10 s.
    package mutating func failed(nowMs: Int64) {
        var failures = 1
        if case .down(let earlier, _) = self { failures += earlier }
        let waitMs = min(10_000, 100 << min(failures - 1, 9))
        self = .down(failures: failures, retryAtMs: nowMs + Int64(waitMs))
    }

    package mutating func succeeded() {
        self = .up
    }
}
