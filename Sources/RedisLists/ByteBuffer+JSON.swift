/// JSON as RFC 8259 has it, in UTF-8.
extension ByteBuffer {
    /// A string with its quotes. Quote, backslash and the control characters are escaped; all else stays as it is.
    mutating func append(json text: String) {
        append(UInt8(ascii: "\""))
        Self.withBytes(of: text) { bytes in
            var start = 0
            for index in bytes.indices {
                let byte = bytes[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                    continue
                }
                append(UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
                append(escapeOf: byte)
                start = index + 1
            }
            append(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func append(escapeOf byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append(#"\""#)
        case UInt8(ascii: "\\"): append(#"\\"#)
        case 0x08: append(#"\b"#)
        case 0x09: append(#"\t"#)
        case 0x0A: append(#"\n"#)
        case 0x0C: append(#"\f"#)
        case 0x0D: append(#"\r"#)
        default:
            append(#"\u00"#)
            append(hexDigit(byte >> 4))
            append(hexDigit(byte & 15))
        }
    }

    private func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// A number with at most four decimals and no needless zero, the same in every locale.
    ///
    /// What no JSON number can say is brought into range: not-a-number becomes 0, and whatever is beyond ±10¹²
    /// becomes ±10¹².
    mutating func append(score: Float) {
        guard !score.isNaN else { return append(UInt8(ascii: "0")) }
        let bounded = min(max(Double(score), -1e12), 1e12)
        let scaled = UInt64(bounded.magnitude * 10_000 + 0.5)
        if bounded < 0, scaled > 0 { append(UInt8(ascii: "-")) }
        let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: 10_000)
        append(decimal: whole)
        guard fraction > 0 else { return }
        append(UInt8(ascii: "."))
        append(digit: fraction / 1_000)
        guard fraction % 1_000 > 0 else { return }
        append(digit: fraction / 100 % 10)
        guard fraction % 100 > 0 else { return }
        append(digit: fraction / 10 % 10)
        guard fraction % 10 > 0 else { return }
        append(digit: fraction % 10)
    }

    @inline(__always)
    private mutating func append(digit: UInt64) {
        append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
    }
}
