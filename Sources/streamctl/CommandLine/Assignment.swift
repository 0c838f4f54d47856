/// One setting that the command line overrides.
struct Assignment: Equatable, Sendable {
    /// With dots: `kafka.properties.client.id`.
    var key: String
    var value: String

    /// As it was written: `a.b=c`.
    var text: String { "\(key)=\(value)" }
}
