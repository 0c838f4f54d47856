/// `window`: how late an event may be, and how long it is remembered.
package struct WindowSettings: Equatable, Sendable {
    /// How far an event may lie behind the newest of its partition.
    package var latenessSeconds = 600
    /// How long an event's identity is remembered, in event time; never less than the lateness.
    package var dedupeSeconds = 600
    package var dedupeEntriesMax = 4_000_000

    package init() {}

    static let keys: [Key] = [
        Key(
            "window.lateness_seconds", \.window.latenessSeconds, WholeNumber(0...2_592_000), unit: "seconds",
            "Events further behind the newest of their partition count as late and are not learned."),
        Key(
            "window.dedupe_seconds", \.window.dedupeSeconds, WholeNumber(0...2_592_000), unit: "seconds",
            "How long an event id is remembered; at least the lateness, else duplicates slip through."),
        Key(
            "window.dedupe_entries_max", \.window.dedupeEntriesMax, WholeNumber(1_000...100_000_000),
            unit: "ids",
            "Bound of the remembered ids; memory is about 32 to 80 bytes each."),
    ]
}
