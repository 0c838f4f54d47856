/// Something a person may want to know, and nothing the caller has to handle: it belongs in the log.
package struct KafkaNotice: Equatable, Sendable {
    package enum Level: Int, Comparable, Sendable {
        case debug, info, warning, error

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    package var level: Level
    /// What happened and where; it ends with the mend where there is one.
    package var text: String

    package init(_ level: Level, _ text: String) {
        self.level = level
        self.text = text
    }
}
