/// A user's list as a reader found it. Written by `ListEncoder`.
package struct StoredList: Equatable, Sendable, Decodable {
    package var user: String
    /// The version of the model that made it.
    package var model: String
    /// When it was made, in epoch milliseconds.
    package var generatedAtMs: Int64
    /// The event time of the newest event that it knows of, in epoch milliseconds.
    package var eventTimeMs: Int64
    /// That event's place in the log, as `StoredSource` reads it.
    package var source: String
    /// Best first.
    package var items: [StoredItem]

    private enum CodingKeys: String, CodingKey {
        case user, model, source, items
        case generatedAtMs = "generated_at"
        case eventTimeMs = "event_time"
    }
}
