import KafkaLog
import Synchronization

/// The clients of one engine lose the same brokers: of what they all tell, the first is let through.
final class OutageFilter: Sendable {
    private let isAway = Atomic(false)

    /// Whether nobody has said it yet.
    func isNews(_ notice: KafkaNotice) -> Bool {
        switch notice.reach {
        case .lost: !isAway.exchange(true, ordering: .relaxed)
        case .regained: isAway.exchange(false, ordering: .relaxed)
        case nil: true
        }
    }
}
