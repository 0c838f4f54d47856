/// Structured log lines: a level, a message that is always the same, and fields for what varies.
///
/// A value: pass it to who needs it. Fields never hold ids of users, payloads or secrets; URLs go through
/// `redacted`.
package struct Logger: Sendable {
    package let level: LogLevel
    package let format: LogFormat
    private let nowMs: @Sendable () -> Int64
    private let write: @Sendable (String) -> Void

    /// - Parameters:
    ///   - level: the least level that is written.
    ///   - nowMs: epoch milliseconds, asked once per line.
    ///   - write: gets one line at a time, with its line break, on the thread that logs.
    package init(
        level: LogLevel = .info, format: LogFormat = .text, nowMs: @escaping @Sendable () -> Int64,
        write: @escaping @Sendable (String) -> Void = { LogWriter.standardError.write($0) }
    ) {
        self.level = level
        self.format = format
        self.nowMs = nowMs
        self.write = write
    }

    /// Writes one line; below the level it costs a comparison, and neither message nor fields are made.
    package func log(
        _ level: LogLevel, _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any LogValue> = [:]
    ) {
        guard level >= self.level else { return }
        write(format.line(timeMs: nowMs(), level: level, message: message(), fields: fields()))
    }

    package func debug(
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any LogValue> = [:]
    ) {
        log(.debug, message(), fields())
    }

    package func info(
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any LogValue> = [:]
    ) {
        log(.info, message(), fields())
    }

    package func warning(
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any LogValue> = [:]
    ) {
        log(.warning, message(), fields())
    }

    package func error(
        _ message: @autoclosure () -> String,
        _ fields: @autoclosure () -> KeyValuePairs<String, any LogValue> = [:]
    ) {
        log(.error, message(), fields())
    }
}
