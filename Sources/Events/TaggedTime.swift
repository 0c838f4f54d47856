/// A time in epoch milliseconds and a byte beside it, in eight bytes: for values of which there are millions.
///
/// Times reach from -2^55 to 2^55 - 1, far beyond every event's; what is outside becomes the nearest of them.
/// `Int64.min`, which stands for "never", stays itself.
package struct TaggedTime: Equatable, Sendable, BitwiseCopyable {
    private var bits: Int64

    private static let never: Int64 = -1 << 55
    private static let last = -1 - never

    package init(ms: Int64 = .min, tag: UInt8 = 0) {
        bits = Self.shifted(ms) | Int64(tag)
    }

    package var ms: Int64 {
        get { bits >> 8 == Self.never ? .min : bits >> 8 }
        set { bits = Self.shifted(newValue) | bits & 0xff }
    }

    package var tag: UInt8 {
        get { UInt8(truncatingIfNeeded: bits) }
        set { bits = bits & ~0xff | Int64(newValue) }
    }

    private static func shifted(_ ms: Int64) -> Int64 { min(max(ms, never), last) << 8 }
}
