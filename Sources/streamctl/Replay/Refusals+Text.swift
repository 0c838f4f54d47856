import RatingFiles
import Telemetry

extension Refusals {
    /// A line for each rule that refused rows, and behind it some of these rows.
    var lines: [String] {
        entries.flatMap { entry in
            ["  \(counted(entry.count, "row")) refused (\(entry.fault.rawValue)): \(entry.fault.text)"]
                + entry.examples.map { "    line \($0.line): \($0.excerpt)" }
        }
    }
}

/// What to call a file that was read.
func fileName(_ path: String) -> String { path == "-" ? "standard input" : printable(path) }
