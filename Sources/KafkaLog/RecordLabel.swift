/// What a record carries through librdkafka and back to its delivery report: two numbers in the bits of a pointer.
struct RecordLabel {
    /// Of `ProducerEvents`.
    var batch: Int
    /// Of the sender; 0 is none.
    var tag: UInt32

    init(batch: Int, tag: UInt32) {
        self.batch = batch & 0x7FFF_FFFF
        self.tag = tag
    }

    init(pointer: UnsafeMutableRawPointer?) {
        let bits = UInt(bitPattern: pointer)
        self.init(batch: Int(bits & 0x7FFF_FFFF), tag: UInt32(truncatingIfNeeded: bits >> 32))
    }

    var pointer: UnsafeMutableRawPointer? {
        UnsafeMutableRawPointer(bitPattern: UInt(tag) << 32 | UInt(batch))
    }
}
