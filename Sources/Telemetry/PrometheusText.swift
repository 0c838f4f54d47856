/// Writes metrics in the text format of Prometheus, version 0.0.4.
///
/// Samples of one metric must follow one another, as the format demands: `HELP` and `TYPE` are written before
/// the first.
package struct PrometheusText: Sendable {
    /// What to say to an HTTP client.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Upper bounds in seconds, from a tenth of a millisecond to a minute: room for freshness and single calls.
    package static let secondsBounds = [
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
        30, 60,
    ]

    package private(set) var text = ""
    private var current: Metric?
    private var begun: Set<Metric> = []

    package init() {}

    /// - Parameter labels: their values, in the order of the metric's label names.
    package mutating func counter(_ metric: Metric, _ value: UInt64, labels: [String] = []) {
        begin(metric, .counter, labels)
        sample(metric.name, zip(metric.labels, labels), String(value))
    }

    /// - Parameter labels: their values, in the order of the metric's label names.
    package mutating func gauge(_ metric: Metric, _ value: Double, labels: [String] = []) {
        begin(metric, .gauge, labels)
        sample(metric.name, zip(metric.labels, labels), number(value))
    }

    /// Cumulative buckets, sum and count, in seconds.
    ///
    /// - Parameters:
    ///   - unitsPerSecond: of the recorded values: 1,000,000 for microseconds.
    ///   - bounds: upper bounds in seconds, ascending; `+Inf` is added.
    ///   - labels: their values, in the order of the metric's label names.
    package mutating func histogram(
        _ metric: Metric, _ values: Histogram, unitsPerSecond: Double, bounds: [Double] = secondsBounds,
        labels: [String] = []
    ) {
        begin(metric, .histogram, labels)
        let pairs = Array(zip(metric.labels, labels))
        for bound in bounds {
            // Rounded, so that 0.0025 s is 2,500 µs whatever the binary fraction says.
            let limit = UInt64(exactly: (bound * unitsPerSecond).rounded()) ?? .max
            sample(
                "\(metric.name)_bucket", pairs + [("le", number(bound))], String(values.count(atMost: limit)))
        }
        sample("\(metric.name)_bucket", pairs + [("le", "+Inf")], String(values.count))
        sample("\(metric.name)_sum", pairs, number(Double(values.sum) / unitsPerSecond))
        sample("\(metric.name)_count", pairs, String(values.count))
    }

    private mutating func begin(_ metric: Metric, _ kind: Metric.Kind, _ labels: [String]) {
        precondition(metric.kind == kind, "\(metric.name) is a \(metric.kind.rawValue)")
        precondition(metric.labels.count == labels.count, "\(metric.name) has the labels \(metric.labels)")
        guard metric != current else { return }
        precondition(begun.insert(metric).inserted, "samples of \(metric.name) must follow one another")
        current = metric
        text += "# HELP \(metric.name) \(escaped(metric.help))\n"
        text += "# TYPE \(metric.name) \(metric.kind.rawValue)\n"
    }

    private mutating func sample(_ name: String, _ labels: some Sequence<(String, String)>, _ value: String) {
        let pairs = labels.map { "\($0.0)=\"\(escaped($0.1, quotesToo: true))\"" }
        text += name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(value)\n"
    }

    /// `\` and line breaks are escaped everywhere, quotation marks in label values only.
    private func escaped(_ value: String, quotesToo: Bool = false) -> String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotesToo: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        guard value.isFinite else { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map { String($0) } ?? String(value)
    }
}
