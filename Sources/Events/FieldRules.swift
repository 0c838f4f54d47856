/// The limits that an event is held to. Which events pass depends on these and on the log alone, never on a
/// clock.
package struct FieldRules: Equatable, Sendable {
    /// The longest value of a record, in bytes.
    package var bytesMax = 1 << 20
    /// Both ends belong to the scale.
    package var ratingMin = 0.0
    package var ratingMax = 10.0
    /// The strength of feedback lies between minus this and this.
    package var strengthMax = 1e6
    /// 1990-01-01T00:00:00Z; the event time itself may be this.
    package var earliestMs: Int64 = 631_152_000_000
    /// 2100-01-01T00:00:00Z; the event time itself may be this.
    package var latestMs: Int64 = 4_102_444_800_000
    /// How far the event time may run ahead of the record's own time stamp. A record without one is not
    /// checked.
    package var futureMs: Int64 = 3_600_000

    package init() {}
}

extension FieldRules {
    /// How deep objects and arrays may nest, the event itself included.
    package static let depthMax = 16
    /// The longest title, genre or name of a person, in bytes.
    package static let textBytesMax = 1024
    package static let genresMax = 64
    package static let peopleMax = 256
}
