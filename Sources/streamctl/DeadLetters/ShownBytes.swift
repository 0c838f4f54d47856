import Telemetry

/// Bytes from anyone, made harmless and not too long: as text where they are text, else in hexadecimal.
struct ShownBytes: Equatable, Sendable {
    /// How many there are.
    let count: Int
    /// The first of them; `text` is `nil` where they are none.
    let bytes: [UInt8]
    let text: String?

    /// Keeps `bytesMax` bytes at most; `nil` for null, which is not empty.
    init?(_ source: UnsafeRawBufferPointer?, bytesMax: Int) {
        guard let source else { return nil }
        self.init(count: source.count, first: Array(source.prefix(bytesMax)))
    }

    init(count: Int, first: [UInt8]) {
        self.count = count
        let isCut = first.count < count
        let text = isCut ? Self.textOfCut(first) : String(validating: first, as: UTF8.self)
        // What holds a zero byte is no text that anyone wrote.
        self.text = first.contains(0) ? nil : text
        bytes = self.text.map { Array($0.utf8) } ?? first
    }

    /// A scalar that the cut went through is left out.
    private static func textOfCut(_ bytes: [UInt8]) -> String? {
        for back in 0...min(3, bytes.count) {
            if let text = String(validating: bytes.dropLast(back), as: UTF8.self) { return text }
        }
        return nil
    }

    /// `17 bytes`, `null` where there is nothing.
    static func size(_ shown: ShownBytes?) -> String { shown.map { counted($0.count, "byte") } ?? "null" }

    /// Lines to be indented: the text with its control characters spelled out, or a dump of 16 bytes a line.
    var lines: [String] {
        guard count > 0 else { return [] }
        let rest = count - bytes.count
        let shown = text.map { [printable($0)] } ?? dump
        return rest > 0 ? shown + ["... \(counted(rest, "byte")) more"] : shown
    }

    /// On one line, for keys and headers.
    var line: String {
        let rest = count - bytes.count
        let shown = text.map { "'\(printable($0))'" } ?? bytes.map(Self.hex).joined(separator: " ")
        return rest > 0 ? "\(shown) ... \(counted(rest, "byte")) more" : shown
    }

    /// `{"bytes":n,"text":"…"}` or `{"bytes":n,"hex":"…"}`, with `"cut":true` where it is not all of them.
    var json: JSON {
        var members: [(name: String, value: JSON)] = [("bytes", .whole(count))]
        members.append(text.map { ("text", .text($0)) } ?? ("hex", .text(bytes.map(Self.hex).joined())))
        if bytes.count < count { members.append(("cut", .flag(true))) }
        return .object(members)
    }

    /// `00000010  00 c3 28 41 …  |..(A|`, as hexdump prints it.
    private var dump: [String] {
        stride(from: 0, to: bytes.count, by: 16).map { start in
            let row = bytes[start..<min(start + 16, bytes.count)]
            let digits = String(start, radix: 16)
            let place = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
            let hex = row.map(Self.hex).joined(separator: " ")
            let gap = String(repeating: " ", count: 47 - hex.count)
            let signs = row.map { (0x20...0x7E).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
            return "\(place)  \(hex)\(gap)  |\(signs)|"
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
}
