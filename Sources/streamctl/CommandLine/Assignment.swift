/// One setting that the command line overrides.
struct Assignment: Equatable, Sendable {
    /// With dots: `kafka.properties.client.id`.
    var key: String
    var value: String
}
