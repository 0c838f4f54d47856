/// `batch`: how much is done in one turn.
package struct BatchSettings: Equatable, Sendable {
    package var eventsMax = 4_096
    package var pollMs = 50

    package init() {}

    static let keys: [Key] = [
        Key(
            "batch.events_max", \.batch.eventsMax, WholeNumber(1...65_536), unit: "events",
            "Most events of one turn: larger is faster under load, smaller is fresher."),
        Key(
            "batch.poll_ms", \.batch.pollMs, WholeNumber(1...10_000), unit: "ms",
            "Longest wait for the first event of a turn, and so for a stop to be noticed."),
    ]
}
