/// Commands as Redis reads them (RESP2): an array of length-prefixed words, each of any bytes whatever.
/// https://redis.io/docs/latest/develop/reference/protocol-spec/
extension ByteBuffer {
    /// Begins a command; exactly `words` words must follow.
    mutating func beginCommand(words: Int) {
        append(UInt8(ascii: "*"))
        append(decimal: UInt64(words))
        append("\r\n")
    }

    /// Begins a word whose bytes, and then a line end, are appended next.
    mutating func appendWordHeader(byteCount: Int) {
        append(UInt8(ascii: "$"))
        append(decimal: UInt64(byteCount))
        append("\r\n")
    }

    mutating func appendWord(_ text: StaticString) {
        appendWordHeader(byteCount: text.utf8CodeUnitCount)
        append(text)
        append("\r\n")
    }

    mutating func appendWord(_ text: String) {
        appendWordHeader(byteCount: text.utf8.count)
        append(text)
        append("\r\n")
    }

    mutating func appendWord(_ bytes: [UInt8]) {
        appendWordHeader(byteCount: bytes.count)
        append(bytes)
        append("\r\n")
    }

    mutating func appendWord(_ bytes: borrowing ByteBuffer) {
        appendWordHeader(byteCount: bytes.count)
        append(contentsOf: bytes)
        append("\r\n")
    }
}
