import Settings
import Telemetry

extension Logger {
    /// The log that the settings ask for, on the console's diagnostics.
    init(_ settings: LogSettings, to console: Console) {
        let diagnostics = console.diagnostics
        self.init(
            level: LogLevel(rawValue: settings.level.rawValue) ?? .info,
            format: LogFormat(rawValue: settings.format.rawValue) ?? .text, nowMs: { Clock.nowMs() },
            write: { diagnostics.write($0) })
    }
}
