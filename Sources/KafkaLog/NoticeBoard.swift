/// Which conditions have been told, so that each is told once and not with every poll.
///
/// What can heal (brokers, topics) is told once until it has. What cannot is told again after `repeatAfter`.
package struct NoticeBoard {
    package enum Condition: Hashable {
        case brokersAway
        case topicMissing(String)
        /// An error that librdkafka reports by number.
        case code(Int32)
        /// A log line, without its digits: they count retries and milliseconds.
        case line(String)
    }

    /// Kinds of lines that are remembered; beyond that all are forgotten, and may be told once more.
    package static let linesMax = 256
    package static let repeatAfter = Duration.seconds(600)

    private var told: [Condition: ContinuousClock.Instant] = [:]

    package init() {}

    /// Whether this is news at that time.
    package mutating func raise(_ condition: Condition, at now: ContinuousClock.Instant) -> Bool {
        if let last = told[condition] {
            guard condition.fades, now - last >= Self.repeatAfter else { return false }
        } else if told.count >= Self.linesMax {
            told = told.filter { !$0.key.fades }
        }
        told[condition] = now
        return true
    }

    /// Whether it was up until now.
    package mutating func heal(_ condition: Condition) -> Bool {
        told.removeValue(forKey: condition) != nil
    }

    package func isUp(_ condition: Condition) -> Bool { told[condition] != nil }
}

extension NoticeBoard.Condition {
    /// Whether nothing says when it is over.
    fileprivate var fades: Bool {
        switch self {
        case .brokersAway, .topicMissing: false
        case .code, .line: true
        }
    }
}
