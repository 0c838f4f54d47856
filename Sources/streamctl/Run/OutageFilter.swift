import KafkaLog
import Synchronization

/// The clients of one engine lose the same brokers: of what they all tell, the first is let through.
final class OutageFilter: Sendable {
    private struct State {
        var isAway = false
        var count = 0
        var gaps = 0
        var backAtMs: Int64?
    }

    private let state = Mutex(State())

    /// A client that was not asked for a while hears only then that the brokers had gone: so soon after their return
    /// that is no news.
    private static let staleMs: Int64 = 5_000

    /// Whether the brokers are away, and how often they went.
    var tally: Tally { state.withLock { Tally(isAway: $0.isAway, count: $0.count, gaps: $0.gaps) } }

    struct Tally: Sendable {
        var isAway: Bool
        var count: Int
        /// How often a partition's records were deleted before they were read.
        var gaps: Int
    }

    /// Whether nobody has said it yet.
    func isNews(_ notice: KafkaNotice, nowMs: Int64) -> Bool {
        state.withLock { state in
            switch notice.reach {
            case .lost:
                let isStale = state.backAtMs.map { nowMs - $0 < Self.staleMs } ?? false
                guard !state.isAway, !isStale else { return false }
                state.isAway = true
                state.count += 1
            case .regained:
                guard state.isAway else { return false }
                (state.isAway, state.backAtMs) = (false, nowMs)
            case nil: if notice.isGap { state.gaps += 1 }
            }
            return true
        }
    }
}
