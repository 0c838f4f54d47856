/// `events`: which events are believed.
package struct EventSettings: Equatable, Sendable {
    package var bytesMax = 1_048_576
    package var ratingMin: Float = 0
    package var ratingMax: Float = 10
    /// In epoch milliseconds: 1990-01-01T00:00:00Z.
    package var earliestMs: Int64 = 631_152_000_000
    package var futureSeconds = 3_600

    package init() {}

    static let keys: [Key] = [
        Key(
            "events.bytes_max", \.events.bytesMax, WholeNumber(1_024...67_108_864), unit: "bytes",
            "Larger values go to the dead letters unread; a rating takes about 120."),
        Key(
            "events.rating_min", \.events.ratingMin, DecimalNumber(-1_000_000...1_000_000), unit: "stars",
            "Ratings below go to the dead letters: a typing error must not bend the model."),
        Key(
            "events.rating_max", \.events.ratingMax, DecimalNumber(-1_000_000...1_000_000), unit: "stars",
            "Ratings above go to the dead letters."),
        Key(
            "events.earliest", \.events.earliestMs, Moment(), unit: "UTC",
            "Events before this moment are refused: most are clocks that were never set."),
        Key(
            "events.future_seconds", \.events.futureSeconds, WholeNumber(0...31_536_000), unit: "seconds",
            "How far an event may lie after its record's arrival; one far ahead would make all others late."),
    ]
}
