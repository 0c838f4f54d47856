/// Which conditions have been told and have not healed since, so that each is told once and not with every poll.
struct NoticeBoard {
    enum Condition: Hashable {
        case brokersAway
        case topicMissing(String)
        /// An error that librdkafka reports by number.
        case code(Int32)
        /// A log line, without its digits: they count retries and milliseconds.
        case line(String)
    }

    /// Log lines come without an end; beyond this many kinds the oldest memory is worth less than the room.
    static let linesMax = 256

    private var open: Set<Condition> = []

    /// Whether this is news.
    mutating func raise(_ condition: Condition) -> Bool {
        if case .line = condition, open.count >= Self.linesMax {
            open = open.filter { if case .line = $0 { false } else { true } }
        }
        return open.insert(condition).inserted
    }

    /// Whether it was up until now.
    mutating func heal(_ condition: Condition) -> Bool {
        open.remove(condition) != nil
    }

    func isUp(_ condition: Condition) -> Bool { open.contains(condition) }
}
