package import Events
import Glibc

/// Ids as dense numbers, in the order of their first appearance.
///
/// The bytes of all ids stand one after another in one array. Short decimal numbers, which is what most rating
/// files have, are found by indexing a table; all other ids by open addressing, with 32 bits of each hash kept
/// beside the number so that other ids' bytes are hardly ever looked at.
///
/// Memory: an id's bytes + 8 for its place, + 4 × the largest short number (at most 16 MiB), + 11 to 22 for each
/// id that is not a short number.
package struct IDPool: Sendable {
    /// Canonical decimal numbers below this (no sign, no leading zero) are found by index.
    static let shortNumbers = 1 << 22

    private var bytes: [UInt8] = []
    /// The bytes of id `n` are `bytes[ends[n]..<ends[n + 1]]`.
    private var ends: [Int] = [0]
    /// For each short number its id plus one; 0 where it has none.
    private var numbered: [UInt32] = []
    /// Hash in the upper half, id plus one in the lower; 0 is free. The count is a power of two.
    private var slots: [UInt64] = Array(repeating: 0, count: 1024)
    private var slotsTaken = 0

    package init() {}

    package var count: Int { ends.count - 1 }

    package func id(_ number: UInt32) -> Identifier {
        let identifier = bytes.withUnsafeBytes { all in
            Identifier(
                copying: UnsafeRawBufferPointer(rebasing: all[ends[Int(number)]..<ends[Int(number) + 1]]))
        }
        guard let identifier else { preconditionFailure("an id that is not valid was interned") }
        return identifier
    }

    /// The number of an id that may not have been seen, without adding it.
    package func number(of identifier: Identifier) -> UInt32? {
        var text = identifier.text
        return text.withUTF8 { find($0, hash: Self.hash($0)) }
    }

    /// The number of the id, which is added if it is new.
    ///
    /// - Parameter id: 1 to 128 bytes of well-formed UTF-8: the caller's promise.
    mutating func intern(_ id: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let hash = Self.hash(id)
        if let known = find(id, hash: hash) { return known }
        bytes.append(contentsOf: id)
        ends.append(bytes.count)
        let entry = UInt32(count)
        if let short = Self.shortNumber(id) {
            if short >= numbered.count { growNumbered(toHold: short) }
            numbered[short] = entry
        } else {
            if slotsTaken * 3 >= slots.count * 2 { doubleSlots() }
            place(UInt64(hash) << 32 | UInt64(entry))
            slotsTaken += 1
        }
        return entry - 1
    }

    /// The id plus one of a canonical decimal number; 0 where it is not found by index.
    @inline(__always)
    func entry(ofShort number: Int) -> UInt32 {
        number < numbered.count ? numbered[number] : 0
    }

    /// The numbers here of all ids of another pool, by their numbers there; those that are new are added in order.
    mutating func numbers(of other: IDPool) -> [UInt32] {
        (0..<other.count).map { number in
            other.bytes.withUnsafeBufferPointer { all in
                intern(UnsafeBufferPointer(rebasing: all[other.ends[number]..<other.ends[number + 1]]))
            }
        }
    }

    private func find(_ id: UnsafeBufferPointer<UInt8>, hash: UInt32) -> UInt32? {
        if let short = Self.shortNumber(id) {
            let entry = entry(ofShort: short)
            return entry == 0 ? nil : entry - 1
        }
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = UInt32(truncatingIfNeeded: slots[slot]) &- 1
            if UInt32(truncatingIfNeeded: slots[slot] >> 32) == hash, isEqual(number, id) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private func isEqual(_ number: UInt32, _ id: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = ends[Int(number)]
        guard ends[Int(number) + 1] - start == id.count else { return false }
        for offset in id.indices where bytes[start + offset] != id[offset] { return false }
        return true
    }

    private mutating func place(_ entry: UInt64) {
        var slot = Int(entry >> 32) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }

    /// Fills with `memset`: element by element, an unoptimised build needs a second for the largest table.
    private mutating func growNumbered(toHold short: Int) {
        let wanted = max(1024, (short + 1).nextPowerOfTwo)
        numbered = Array(unsafeUninitializedCapacity: wanted) { room, count in
            guard let start = room.baseAddress else { return }
            let bytes = UnsafeMutableRawBufferPointer(room)
            memset(start, 0, bytes.count)
            numbered.withUnsafeBytes { bytes.copyMemory(from: $0) }
            count = wanted
        }
    }

    private mutating func doubleSlots() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 2)
        for entry in old where entry != 0 { place(entry) }
    }

    /// Eight bytes at a time, each mixed in by a 64 × 64 → 128 bit product folded to 64.
    private static func hash(_ id: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let bytes = UnsafeRawBufferPointer(id)
        var state = UInt64(bytes.count) &+ 0x9E37_79B9_7F4A_7C15
        var offset = 0
        while offset < bytes.count {
            var word: UInt64 = 0
            if offset + 8 <= bytes.count {
                word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            } else {
                for place in offset..<bytes.count { word = word << 8 | UInt64(bytes[place]) }
            }
            let product = (state ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
            state = product.high ^ product.low
            offset += 8
        }
        return UInt32(truncatingIfNeeded: state ^ state >> 32)
    }

    private static func shortNumber(_ id: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...7).contains(id.count), id[0] != UInt8(ascii: "0") || id.count == 1 else { return nil }
        var number = 0
        for byte in id {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int(byte - 0x30)
        }
        return number < shortNumbers ? number : nil
    }
}

extension Int {
    /// The smallest power of two that is not below this positive number.
    fileprivate var nextPowerOfTwo: Int { 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
