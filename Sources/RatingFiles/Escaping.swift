/// Text that is safe to print anywhere: printable ASCII as it is, every other byte as `\xNN`, a tab as `\t`, a
/// backslash doubled; cut after `bytesMax` bytes with "…".
func escaped(_ bytes: some Sequence<UInt8>, bytesMax: Int) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var text: [UInt8] = []
    var taken = 0
    for byte in bytes {
        if taken == bytesMax {
            text.append(contentsOf: "…".utf8)
            break
        }
        taken += 1
        switch byte {
        case UInt8(ascii: "\t"): text.append(contentsOf: "\\t".utf8)
        case UInt8(ascii: "\\"): text.append(contentsOf: "\\\\".utf8)
        case 0x20..<0x7F: text.append(byte)
        default:
            text.append(contentsOf: "\\x".utf8)
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }
    return String(decoding: text, as: UTF8.self)
}
