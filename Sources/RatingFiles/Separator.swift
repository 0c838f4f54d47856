/// What stands between the fields of a line.
package enum Separator: Equatable, Sendable, CaseIterable {
    case doubleColon, tab, semicolon, comma, bar

    var byte: UInt8 {
        switch self {
        case .doubleColon: UInt8(ascii: ":")
        case .tab: UInt8(ascii: "\t")
        case .semicolon: UInt8(ascii: ";")
        case .comma: UInt8(ascii: ",")
        case .bar: UInt8(ascii: "|")
        }
    }

    /// How often the byte is repeated.
    var width: Int { self == .doubleColon ? 2 : 1 }

    /// Whether a field may stand in quotes (RFC 4180); elsewhere a quote is a byte like any other.
    var allowsQuotes: Bool { self == .comma || self == .semicolon }

    /// Whether a backslash takes the meaning from the quote after it, as in the dump of Book-Crossing.
    var allowsBackslash: Bool { self == .semicolon }
}
