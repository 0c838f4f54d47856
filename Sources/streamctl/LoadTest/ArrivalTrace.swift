import Telemetry

/// A file of arrivals: one number a line, when an event is due, in seconds from the first; blank lines and what follows
/// a `#` are left out.
enum ArrivalTrace {
    static let bytesMax = 256 << 20

    static func read(_ path: String) throws(CommandFailure) -> [Double] {
        let bytes: [UInt8]
        do throws(SmallFile.Problem) {
            bytes = try SmallFile.read(path, bytesMax: bytesMax)
        } catch {
            throw CommandFailure(
                .badConfiguration, "the trace '\(printable(path))' \(error.problem). \(error.mend)")
        }
        guard bytes.count <= bytesMax else {
            throw CommandFailure(
                .badConfiguration,
                "the trace '\(printable(path))' is larger than \(bytesMax >> 20) MiB. Cut it into parts.")
        }
        return try parse(String(decoding: bytes, as: UTF8.self), path: path)
    }

    static func parse(_ text: String, path: String) throws(CommandFailure) -> [Double] {
        var due: [Double] = []
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let word = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
            guard !word.isEmpty else { continue }
            guard let seconds = Double(word), seconds.isFinite, seconds >= due.last ?? 0, seconds < 1e6 else {
                throw CommandFailure(
                    .badConfiguration,
                    "\(printable(path)):\(index + 1): not a number of seconds, or one before that of the line "
                        + "above. Write rising numbers, one a line, from 0 on.")
            }
            due.append(seconds)
        }
        guard !due.isEmpty else {
            throw CommandFailure(
                .badConfiguration,
                "the trace '\(printable(path))' holds no arrival. Write rising numbers of seconds, one a line."
            )
        }
        return due
    }
}
