import Telemetry

/// Where a command speaks: data, everything else, and how progress is drawn.
struct Console: Sendable {
    var output: Output
    var diagnostics: Output
    var surface: ProgressMeter.Surface

    /// The streams of this process.
    static var standard: Console {
        Console(output: .standard, diagnostics: .diagnostics, surface: Terminal.surface())
    }

    func meter(_ label: String, total: UInt64?, at stopwatch: Stopwatch) -> ProgressMeter {
        ProgressMeter(label: label, total: total, surface: surface, nowNs: stopwatch.nanoseconds) {
            [diagnostics] in diagnostics.write($0)
        }
    }
}
