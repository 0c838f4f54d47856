/// `log`: what is told on standard error, and how.
package struct LogSettings: Equatable, Sendable {
    package enum Level: String, CaseIterable, Sendable {
        case debug, info, warning, error
    }

    package enum Format: String, CaseIterable, Sendable {
        case text, json
    }

    package var level = Level.info
    package var format = Format.text
    /// Where metrics are written; `nil` is nowhere.
    package var metricsFile: String?

    package init() {}

    static let keys: [Key] = [
        Key(
            "log.level", \.log.level, Choice(), "The least that is logged; debug says a line for every batch."
        ),
        Key(
            "log.format", \.log.format, Choice(),
            "text for people, json (one object a line) for log collectors."),
        Key(
            "log.metrics_file", \.log.metricsFile, OptionalPath(),
            "Metrics in the text format of Prometheus, anew every few seconds; for node_exporter name it *.prom."
        ),
    ]
}
