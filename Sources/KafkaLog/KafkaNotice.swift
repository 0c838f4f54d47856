/// Something a person may want to know, and nothing the caller has to handle: it belongs in the log.
package struct KafkaNotice: Equatable, Sendable {
    package enum Level: Int, Comparable, Sendable {
        case debug, info, warning, error

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// What every client of a process notices by itself, so that whoever shows notices can show it once.
    package enum Reach: Sendable {
        case lost, regained
    }

    package var level: Level
    /// What happened and where; it ends with the mend where there is one.
    package var text: String

    /// Whether it is the going or the coming back of the brokers.
    package var reach: Reach?

    /// Whether records were deleted before we had read them.
    package var isGap = false

    package init(_ level: Level, _ text: String, reach: Reach? = nil) {
        self.level = level
        self.text = text
        self.reach = reach
    }
}
