/// Takes Swift and C text apart into code and comments. Line breaks go to both, so that lines keep their numbers.
///
/// Knows nested comments, raw strings and strings of many lines; what is interpolated into a string counts as the
/// string's.
struct SourceScanner {
    private(set) var code: [UInt8] = []
    private(set) var comments: [UInt8] = []

    private let bytes: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func scan() {
        while index < bytes.count {
            // Most bytes begin nothing.
            if !"/\"#'".utf8.contains(bytes[index]) {
                take(into: \.code)
            } else if begins("//") {
                skipLineComment()
            } else if begins("/*") {
                skipBlockComment()
            } else if let quote = stringStart() {
                skipString(quote)
            } else if begins("'\"'") {
                advance(3)  // A character of C.
            } else {
                take(into: \.code)
            }
        }
    }

    // MARK: Comments

    private mutating func skipLineComment() {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { take(into: \.comments) }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if begins("/*") {
                depth += 1
                advance(2)
            } else if begins("*/") {
                depth -= 1
                advance(2)
            } else {
                take(into: \.comments)
            }
        } while depth > 0 && index < bytes.count
    }

    // MARK: Strings

    private struct Quote {
        var hashes: Int
        var isLong: Bool
    }

    private func stringStart() -> Quote? {
        var end = index
        while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
        let isLong = bytes[end...].prefix(3).elementsEqual([0x22, 0x22, 0x22])
        return Quote(hashes: end - index, isLong: isLong)
    }

    private mutating func skipString(_ quote: Quote) {
        let hashes = [UInt8](repeating: UInt8(ascii: "#"), count: quote.hashes)
        let marks = [UInt8](repeating: UInt8(ascii: "\""), count: quote.isLong ? 3 : 1)
        let escape = [UInt8(ascii: "\\")] + hashes
        code += marks
        advance(quote.hashes + marks.count)
        while index < bytes.count, !begins(marks + hashes) {
            if begins(escape + [UInt8(ascii: "(")]) {
                skipInterpolation(from: escape.count)
            } else if begins(escape) {
                advance(escape.count + 1)
            } else if !quote.isLong && bytes[index] == UInt8(ascii: "\n") {
                return  // Not closed: the compiler says more about it.
            } else {
                advance(1)
            }
        }
        code += marks
        advance(marks.count + quote.hashes)
    }

    private mutating func skipInterpolation(from length: Int) {
        advance(length)
        var depth = 0
        repeat {
            if let quote = stringStart() {
                let before = code
                skipString(quote)
                code = before + code[before.count...].filter { $0 == UInt8(ascii: "\n") }
            } else {
                if bytes[index] == UInt8(ascii: "(") { depth += 1 }
                if bytes[index] == UInt8(ascii: ")") { depth -= 1 }
                advance(1)
            }
        } while depth > 0 && index < bytes.count
    }

    // MARK: Steps

    private func begins(_ text: StaticString) -> Bool {
        begins(Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)))
    }

    private func begins(_ pattern: [UInt8]) -> Bool {
        bytes[index...].prefix(pattern.count).elementsEqual(pattern)
    }

    /// Keeps a byte; a line break is kept in both.
    private mutating func take(into part: WritableKeyPath<Self, [UInt8]>) {
        guard bytes[index] != UInt8(ascii: "\n") else { return advance(1) }
        self[keyPath: part].append(bytes[index])
        index += 1
    }

    /// Drops bytes, but no line break.
    private mutating func advance(_ count: Int) {
        for byte in bytes[index...].prefix(count) where byte == UInt8(ascii: "\n") {
            code.append(byte)
            comments.append(byte)
        }
        index = min(index + count, bytes.count)
    }
}
