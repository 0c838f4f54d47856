import Events

extension TopList {
    /// 64 bits over what a reader sees: the items with their scores and reasons, and the event that the list
    /// reflects. Never 0, which stands for "nothing written yet".
    package var digest: UInt64 {
        var digest = Digest()
        digest.add(UInt64(bitPattern: source.offset))
        digest.add(
            UInt64(UInt32(bitPattern: source.lane.partition)) << 8 | UInt64(source.lane.topic.rawValue))
        for entry in entries {
            digest.add(entry.item)
            digest.add(UInt64(entry.score.bitPattern))
            if let because = entry.because { digest.add(because) }
        }
        return max(1, digest.value)
    }
}

/// FNV-1a over whole words. Source: Fowler, Noll & Vo, draft-eastlake-fnv.
private struct Digest {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ word: UInt64) {
        value = (value ^ word) &* 0x100_0000_01B3
        value ^= value >> 29  // Words are wide: brings the high bits down.
    }

    mutating func add(_ name: Identifier) {
        add(UInt64(name.text.utf8.count))
        for byte in name.text.utf8 { add(UInt64(byte)) }
    }
}
