/// One event of a stream: what it is, and what must become of it.
package struct LoadEvent: Equatable, Sendable {
    package enum Topic: Equatable, Sendable {
        case ratings
        case feedback
    }

    /// What a pipeline that keeps its promises counts it as.
    package enum Fate: Int, CaseIterable, Sendable {
        case learned
        case duplicate
        case late
        case rejected
    }

    package var topic: Topic
    package var fate: Fate
    package var user: UInt32
    package var timestampMs: Int64
}

/// How many events met, or must meet, each fate.
package struct Fates: Equatable, Sendable {
    package var counts = [UInt64](repeating: 0, count: LoadEvent.Fate.allCases.count)

    package init() {}

    package subscript(fate: LoadEvent.Fate) -> UInt64 {
        get { counts[fate.rawValue] }
        set { counts[fate.rawValue] = newValue }
    }

    package var sum: UInt64 { counts.reduce(0, +) }
}
