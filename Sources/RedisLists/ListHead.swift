/// The first bytes of a list, in which fields are found without decoding it.
///
/// Inside of a JSON string a quote follows a backslash, so no id and no version can look like the name of a field.
struct ListHead {
    private static let source = Array(",\"source\":\"".utf8)
    private static let eventTime = Array(",\"event_time\":".utf8)

    private let bytes: [UInt8]

    /// - Parameter bytes: of the value, from its first; a few hundred are enough.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The text of `source`; an escape in it is left to the full decoder.
    var source: String? {
        guard let start = end(of: Self.source) else { return nil }
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            guard bytes[end] != UInt8(ascii: "\\") else { return nil }
            end += 1
        }
        return end < bytes.count ? String(validating: bytes[start..<end], as: UTF8.self) : nil
    }

    /// The number of `event_time`, in epoch milliseconds.
    var eventTimeMs: Int64? {
        guard let start = end(of: Self.eventTime) else { return nil }
        var end = start
        while end < bytes.count, bytes[end] == UInt8(ascii: "-") || (0x30...0x39).contains(bytes[end]) {
            end += 1
        }
        return Int64(String(decoding: bytes[start..<end], as: UTF8.self))
    }

    /// Where the first occurrence of a name ends. A plain loop over bytes: the library's search of collections costs a
    /// reader of many lists ten times what Redis does.
    private func end(of name: [UInt8]) -> Int? {
        let (bytes, name) = (bytes.span, name.span)
        guard bytes.count >= name.count else { return nil }
        for start in 0...(bytes.count - name.count)
        where bytes[start + 1] == name[1] && bytes[start] == name[0] {
            var length = 2
            while length < name.count, bytes[start + length] == name[length] { length += 1 }
            if length == name.count { return start + length }
        }
        return nil
    }
}
