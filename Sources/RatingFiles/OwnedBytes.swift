/// Zeroed memory with one owner, freed with it.
struct OwnedBytes: ~Copyable {
    let start: UnsafeMutablePointer<UInt8>
    let count: Int

    init(count: Int) {
        start = .allocate(capacity: count)
        start.initialize(repeating: 0, count: count)
        self.count = count
    }

    deinit { start.deallocate() }

    var bytes: UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(start: start, count: count) }
}
