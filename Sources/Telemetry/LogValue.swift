/// What may stand behind a key in a log line: text, a number or a truth.
package protocol LogValue: Sendable {
    /// The value for a person, unescaped.
    var logText: String { get }
    /// Whether JSON shows it bare: finite numbers and truths, not text.
    var isBareInJSON: Bool { get }
}

extension String: LogValue {
    package var logText: String { self }
    package var isBareInJSON: Bool { false }
}

extension Bool: LogValue {
    package var logText: String { self ? "true" : "false" }
    package var isBareInJSON: Bool { true }
}

extension Double: LogValue {
    package var logText: String { description }
    package var isBareInJSON: Bool { isFinite }
}

extension LogValue where Self: BinaryInteger {
    package var logText: String { String(self) }
    package var isBareInJSON: Bool { true }
}

extension Int: LogValue {}
extension Int32: LogValue {}
extension Int64: LogValue {}
extension UInt32: LogValue {}
extension UInt64: LogValue {}
