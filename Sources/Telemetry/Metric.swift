/// A metric as Prometheus knows it: its name, what it means, its kind and the names of its labels.
package struct Metric: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    package let name: String
    package let help: String
    package let kind: Kind
    /// In the order in which they are written.
    package let labels: [String]

    init(_ name: String, _ kind: Kind, labels: [String] = [], _ help: String) {
        self.name = name
        self.help = help
        self.kind = kind
        self.labels = labels
    }
}
