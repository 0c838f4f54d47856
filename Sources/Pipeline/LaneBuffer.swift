import Events

/// What is known of one lane: the records that wait, in order, and how far it has been worked through.
///
/// The records stand in a ring that doubles when it is full; they move in and out of it, and are never copied. The ring
/// belongs to whoever made the buffer and must be let go with `free`.
struct LaneBuffer {
    let lane: Lane
    /// The offset after the last record that was worked through; `nil` before the first.
    var next: Int64?
    /// Whether the log is known to have nothing more for this lane, as of its last answer.
    private(set) var isAtEnd = false
    /// Since when it has been empty without a word that it is at its end.
    var silentSinceMs: Int64
    var isPaused = false
    /// Whether anything was heard of it since it was assigned: its first fetch may take far longer than others.
    private(set) var hasAnswered = false

    /// When the newest record that was worked through came into the log, in epoch milliseconds.
    private(set) var takenArrivedMs: Int64?

    /// Bytes of the refused records that wait.
    private(set) var letterBytes = 0
    private(set) var count = 0

    /// A power of two of places.
    private var ring = UnsafeMutableBufferPointer<Waiting>.allocate(capacity: 64)
    private var head = 0

    init(lane: Lane, nowMs: Int64) {
        self.lane = lane
        self.silentSinceMs = nowMs
    }

    mutating func free() {
        discard()
        ring.deallocate()
    }

    /// The record at the head; there is one.
    var first: UnsafeMutablePointer<Waiting> {
        precondition(count > 0)
        return ring.baseAddress.unsafelyUnwrapped + head
    }

    mutating func append(_ item: consuming Waiting) {
        if count == ring.count { grow() }
        letterBytes += item.letterBytes
        ring.initializeElement(at: (head + count) & (ring.count - 1), to: item)
        count += 1
        isAtEnd = false
        hasAnswered = true
    }

    mutating func reachedEnd() {
        isAtEnd = true
        hasAnswered = true
    }

    /// The record at the head was worked through.
    mutating func removeFirst(nowMs: Int64) {
        let item = first
        next = item.pointee.offset + 1
        takenArrivedMs = item.pointee.arrivedMs
        letterBytes -= item.pointee.letterBytes
        item.deinitialize(count: 1)
        head = (head + 1) & (ring.count - 1)
        count -= 1
        if count == 0 { silentSinceMs = nowMs }
    }

    /// Forgets what waits: it will be delivered again, to us or to another.
    mutating func discard() {
        for place in 0..<count { ring.deinitializeElement(at: (head + place) & (ring.count - 1)) }
        (head, count, letterBytes) = (0, 0, 0)
        isAtEnd = false
        hasAnswered = false
    }

    private mutating func grow() {
        let larger = UnsafeMutableBufferPointer<Waiting>.allocate(capacity: 2 * ring.count)
        for place in 0..<count {
            larger.initializeElement(
                at: place, to: ring.moveElement(from: (head + place) & (ring.count - 1)))
        }
        ring.deallocate()
        (ring, head) = (larger, 0)
    }
}
