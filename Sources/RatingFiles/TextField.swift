import Events

/// One field as text: escapes undone, Latin-1 turned into UTF-8 where the format may be Latin-1.
///
/// Most fields are lent from the line itself; only those that must change are copied to a small room.
struct TextField: ~Copyable {
    private let room: OwnedBytes
    private let mayBeLatin1: Bool

    /// - Parameter bytesMax: longer fields are cut there when they are unescaped, so nothing may allow them.
    init(bytesMax: Int, mayBeLatin1: Bool) {
        room = OwnedBytes(count: 2 * bytesMax + 2)
        self.mayBeLatin1 = mayBeLatin1
    }

    /// The field's text in UTF-8, lent until the next call.
    mutating func text(
        _ field: FieldSplitter.Field, of line: UnsafeBufferPointer<UInt8>, by splitter: FieldSplitter
    ) throws(RowFault) -> UnsafeBufferPointer<UInt8> {
        var text = UnsafeBufferPointer(rebasing: line[field.start..<field.end])
        let room = UnsafeMutableBufferPointer(start: room.start, count: room.count)
        if field.isEscaped {
            let count = splitter.unescape(field, of: line, into: room)
            text = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(room)[..<min(count, room.count)])
        }
        if text.allSatisfy({ $0 < 0x80 }) || Self.isUTF8(text) { return text }
        guard mayBeLatin1 else { throw .invalidUTF8 }
        var count = 0
        for byte in Array(text) where count + 2 <= room.count {
            if byte < 0x80 {
                room[count] = byte
                count += 1
            } else {
                room[count] = 0xC0 | byte >> 6
                room[count + 1] = 0x80 | byte & 0x3F
                count += 2
            }
        }
        return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(room)[..<count])
    }

    /// The field as an id: 1 to 128 bytes.
    mutating func id(
        _ field: FieldSplitter.Field, of line: UnsafeBufferPointer<UInt8>, by splitter: FieldSplitter,
        empty: RowFault, tooLong: RowFault
    ) throws(RowFault) -> UnsafeBufferPointer<UInt8> {
        guard field.start < field.end else { throw empty }
        // Escapes at most halve a field.
        guard field.end - field.start <= 2 * Identifier.bytesMax else { throw tooLong }
        let text = try text(field, of: line, by: splitter)
        guard text.count <= Identifier.bytesMax else { throw tooLong }
        return text
    }

    private static func isUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        do {
            _ = try UTF8Span(validating: text.span)
            return true
        } catch {
            return false
        }
    }
}
