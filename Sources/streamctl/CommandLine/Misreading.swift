import Telemetry

/// A word that is not what was expected.
struct Misreading: Error, Equatable, Sendable {
    var text: String
    var expects: String

    /// The word as an error may show it: on one line, not long, and without the password of a URL.
    static func shown(_ text: String) -> String {
        let longest = 60
        let safe = printable(redacted(text))
        return "'\(safe.count <= longest ? safe : "\(safe.prefix(longest))…")'"
    }
}
