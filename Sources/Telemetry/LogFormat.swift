/// How a log line is written: for eyes or for machines.
package enum LogFormat: String, CaseIterable, Sendable {
    /// `2018-09-24T14:27:30.000Z INFO    lists written  count=12 reason="time is up"`
    case text
    /// `{"time":"2018-09-24T14:27:30.000Z","level":"info","message":"lists written","count":12}`
    case json

    /// One line with its line break. Whatever the message and the fields hold, it is one line, and nothing in it
    /// steers a terminal.
    package func line(
        timeMs: Int64, level: LogLevel, message: String, fields: KeyValuePairs<String, any LogValue>
    ) -> String {
        switch self {
        case .text: textLine(timeMs, level, message, fields)
        case .json: jsonLine(timeMs, level, message, fields)
        }
    }

    private func textLine(
        _ timeMs: Int64, _ level: LogLevel, _ message: String, _ fields: KeyValuePairs<String, any LogValue>
    ) -> String {
        let name = level.rawValue.uppercased()
        let padding = String(repeating: " ", count: 7 - name.count)
        var line = "\(RFC3339.text(epochMs: timeMs)) \(name)\(padding) \(printable(message))"
        var gap = "  "
        for (key, value) in fields {
            line += "\(gap)\(printable(key))=\(wordOrQuoted(value.logText))"
            gap = " "
        }
        return line + "\n"
    }

    private func jsonLine(
        _ timeMs: Int64, _ level: LogLevel, _ message: String, _ fields: KeyValuePairs<String, any LogValue>
    ) -> String {
        var line = #"{"time":"\#(RFC3339.text(epochMs: timeMs))","level":"\#(level.rawValue)","#
        line += #""message":\#(jsonString(message))"#
        for (key, value) in fields {
            assert(!["time", "level", "message"].contains(key), "the key '\(key)' is the line's own")
            line += ",\(jsonString(key)):"
            line += value.isBareInJSON ? value.logText : jsonString(value.logText)
        }
        return line + "}\n"
    }

    /// A value bare where it is one plain word, else between quotation marks with `"` and `\` escaped.
    private func wordOrQuoted(_ value: String) -> String {
        let isWord = value.unicodeScalars.allSatisfy {
            !" \"\\=".unicodeScalars.contains($0) && !isUnsafe($0)
        }
        guard value.isEmpty || !isWord else { return value }
        var quoted = "\""
        for scalar in value.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted += printable(String(scalar))
        }
        return quoted + "\""
    }
}
