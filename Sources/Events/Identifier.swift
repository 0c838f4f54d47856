/// An opaque id of a user or an item: 1 to 128 bytes of UTF-8, compared byte by byte.
///
/// Two ids are equal when their bytes are: `String` would call a composed and a decomposed "é" the same. Ids
/// of up to 15 bytes live inside the value; longer ones are allocated once and shared. 24 bytes.
package struct Identifier: Sendable {
    package static let bytesMax = 128

    package let text: String
    /// SipHash-1-3 of the bytes: made once, the same in every process, so that it may steer what is stored.
    package let fingerprint: UInt64

    /// `nil` unless the text is 1 to 128 bytes long.
    package init?(_ text: String) {
        var text = text
        guard (1...Self.bytesMax).contains(text.utf8.count) else { return nil }
        fingerprint = text.withUTF8 { SipHash.hash64(UnsafeRawBufferPointer($0)) }
        self.text = text
    }

    /// Copies the bytes; `nil` unless they are 1 to 128 bytes of well-formed UTF-8.
    package init?(copying bytes: UnsafeRawBufferPointer) {
        guard (1...Self.bytesMax).contains(bytes.count), let text = String(utf8: bytes) else { return nil }
        self.text = text
        fingerprint = SipHash.hash64(bytes)
    }
}

extension Identifier: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        guard left.fingerprint == right.fingerprint else { return false }
        // Short texts with the same bytes are the same bits.
        if left.bits == right.bits { return true }
        let (left, right) = (left.text.utf8.span, right.text.utf8.span)
        guard left.count == right.count else { return false }
        for at in left.indices where left[at] != right[at] { return false }
        return true
    }

    /// What the text is made of: of two texts with equal bits the bytes are equal, too.
    private var bits: SIMD2<UInt64> { unsafeBitCast(text, to: SIMD2<UInt64>.self) }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(fingerprint)
    }
}

extension Identifier: Comparable {
    /// Byte order, which is the order of the code points.
    package static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension Identifier: CustomStringConvertible {
    package var description: String { text }
}

extension String {
    /// Copies the bytes; `nil` unless they are well-formed UTF-8. Three times as fast as
    /// `init(validating:as:)`.
    init?(utf8 bytes: UnsafeRawBufferPointer) {
        guard let checked = try? UTF8Span(validating: bytes.assumingMemoryBound(to: UInt8.self).span) else {
            return nil
        }
        self.init(copying: checked)
    }
}
