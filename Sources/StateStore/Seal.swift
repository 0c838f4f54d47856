import Events

/// The sum that tells whether a row is as it was written: 32 bits over its number and its bytes.
///
/// It finds what disks and cables do by accident, each time but one in four thousand million; it is no signature.
enum Seal {
    static func over(_ key: Int64, _ bytes: UnsafeRawBufferPointer) -> Int64 {
        // An odd factor spreads the number over the upper half.
        let spread = UInt64(bitPattern: key) &* 0x9e37_79b9_7f4a_7c15
        return Int64(Int32(truncatingIfNeeded: (SipHash.hash64(bytes) ^ spread) >> 32))
    }
}
