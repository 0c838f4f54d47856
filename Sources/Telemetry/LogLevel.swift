/// How much a line matters. The raw values are the names in settings and in the lines.
package enum LogLevel: String, CaseIterable, Sendable, Comparable {
    /// For who looks into a fault; off by default.
    case debug
    /// What an operator expects to happen.
    case info
    /// What heals by itself, or costs something until it is mended.
    case warning
    /// What a person must mend.
    case error

    private var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .warning: 2
        case .error: 3
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
