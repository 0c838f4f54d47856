/// Divides a line into fields: spaces around them and quotes are taken off, nothing is copied.
struct FieldSplitter {
    struct Field: Equatable {
        /// Places in the line.
        var start: Int
        var end: Int
        /// Whether quotes inside are doubled, or escaped where the separator allows that.
        var isEscaped: Bool
    }

    /// Of lines with more fields only these are kept; no format has as many.
    static let fieldsMax = 64

    let separator: Separator
    private(set) var fields: [Field] = []

    init(_ separator: Separator) {
        self.separator = separator
        fields.reserveCapacity(Self.fieldsMax)
    }

    /// Fills `fields`.
    ///
    /// - Parameter line: without its line feed; a carriage return at the end is no part of the last field.
    /// - Returns: the number of fields, at least 1, or `nil` where a quoted field does not end as it should.
    mutating func split(_ line: UnsafeBufferPointer<UInt8>) -> Int? {
        fields.removeAll(keepingCapacity: true)
        let end = line.last == 13 ? line.count - 1 : line.count
        var count = 0
        var place = 0
        while true {
            while place < end, isSpace(line[place]) { place += 1 }
            let field: Field
            if separator.allowsQuotes, place < end, line[place] == UInt8(ascii: "\"") {
                guard let quoted = quotedField(line, from: place, to: end) else { return nil }
                field = quoted
                place = quoted.end + 1
                while place < end, isSpace(line[place]) { place += 1 }
                guard place == end || isSeparator(line, place, end) else { return nil }
            } else {
                let start = place
                while place < end, !isSeparator(line, place, end) { place += 1 }
                var last = place
                while last > start, isSpace(line[last - 1]) { last -= 1 }
                field = Field(start: start, end: last, isEscaped: false)
            }
            count += 1
            if count <= Self.fieldsMax { fields.append(field) }
            if place == end { return count }
            place += separator.width
        }
    }

    /// Writes the field with its escapes undone, at most as many bytes as there is room for.
    ///
    /// - Returns: how many bytes the field has without its escapes, which may be more than there was room for.
    func unescape(
        _ field: Field, of line: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var count = 0
        var place = field.start
        while place < field.end {
            let isEscape =
                line[place] == UInt8(ascii: "\"")
                || separator.allowsBackslash && line[place] == UInt8(ascii: "\\")
            if field.isEscaped, isEscape, place + 1 < field.end { place += 1 }
            if count < room.count { room[count] = line[place] }
            count += 1
            place += 1
        }
        return count
    }

    private func quotedField(_ line: UnsafeBufferPointer<UInt8>, from quote: Int, to end: Int) -> Field? {
        var field = Field(start: quote + 1, end: quote + 1, isEscaped: false)
        while field.end < end {
            let byte = line[field.end]
            if byte == UInt8(ascii: "\\"), separator.allowsBackslash {
                field.isEscaped = true
                field.end += 2
            } else if byte != UInt8(ascii: "\"") {
                field.end += 1
            } else if field.end + 1 < end, line[field.end + 1] == UInt8(ascii: "\"") {
                field.isEscaped = true
                field.end += 2
            } else {
                return field
            }
        }
        return nil
    }

    @inline(__always)
    private func isSeparator(_ line: UnsafeBufferPointer<UInt8>, _ place: Int, _ end: Int) -> Bool {
        line[place] == separator.byte
            && (separator.width == 1 || place + 1 < end && line[place + 1] == separator.byte)
    }

    @inline(__always)
    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 32 || byte == 9 && separator != .tab
    }
}
