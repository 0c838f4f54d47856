/// Floats for the vector loops: 64-byte aligned, as many as whole lanes of 16 take, the rest zero.
struct AlignedFloats: ~Copyable {
    private(set) var start: UnsafeMutablePointer<Float>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 16) {
        self.capacity = max(16, Self.lanes(capacity))
        start = Self.allocate(self.capacity)
    }

    deinit { start.deallocate() }

    /// `count`, rounded up to whole lanes.
    var lanesCount: Int { Self.lanes(count) }

    subscript(index: Int) -> Float {
        get {
            assert(index < count)
            return start[index]
        }
        set {
            assert(index < count)
            start[index] = newValue
        }
    }

    mutating func append(_ value: Float) {
        if count == capacity { grow(to: 2 * capacity) }
        start[count] = value
        count += 1
    }

    /// As many zeros, whatever was there.
    mutating func reset(count wanted: Int) {
        if wanted > capacity { grow(to: max(Self.lanes(wanted), 2 * capacity)) }
        start.update(repeating: 0, count: Self.lanes(max(wanted, count)))
        count = wanted
    }

    private mutating func grow(to capacity: Int) {
        let larger = Self.allocate(capacity)
        larger.update(from: start, count: count)
        start.deallocate()
        (start, self.capacity) = (larger, capacity)
    }

    private static func lanes(_ count: Int) -> Int { (count + 15) / 16 * 16 }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Float> {
        let start = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
            .bindMemory(to: Float.self, capacity: count)
        start.initialize(repeating: 0, count: count)
        return start
    }
}
