/// What every reader of lines agrees on.
enum LineReading {
    /// Spaces and a carriage return alone: such a line is no row. Tabs are fields.
    static func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        line.allSatisfy { $0 == 32 || $0 == 13 }
    }

    /// The first line that is not blank, cut and escaped for a message.
    static func firstLine(_ head: UnsafeBufferPointer<UInt8>) -> String {
        let line = head.split(separator: 10, maxSplits: 32).first {
            !isBlank(UnsafeBufferPointer(rebasing: $0))
        }
        var bytes = (line ?? head[...])[...]
        if bytes.last == 13 { bytes = bytes.dropLast() }
        return escaped(bytes, bytesMax: Refusals.excerptBytesMax)
    }
}
