package import Events

/// Records of one lane that were decoded by another thread than the one that learns from them, in the order of their
/// offsets. Whoever takes them moves them out.
package final class DecodedRun {
    package private(set) var lane: Lane
    package private(set) var count = 0
    private var records = UnsafeMutableBufferPointer<Waiting>.allocate(capacity: 64)

    package init(of lane: Lane) { self.lane = lane }

    deinit {
        drop()
        records.deallocate()
    }

    /// Begins another run in the same memory; what nobody took is dropped.
    package func begin(_ lane: Lane) {
        drop()
        self.lane = lane
    }

    package func append(decoding record: borrowing Record, by decoder: inout EventDecoder) {
        if count == records.count { grow() }
        records.initializeElement(at: count, to: Waiting(decoding: record, by: &decoder))
        count += 1
    }

    /// Moves all of them out, the first one first.
    func takeAll(_ take: (consuming Waiting) -> Void) {
        let all = 0..<count
        count = 0
        for place in all { take(records.moveElement(from: place)) }
    }

    private func drop() {
        records[..<count].deinitialize()
        count = 0
    }

    private func grow() {
        let larger = UnsafeMutableBufferPointer<Waiting>.allocate(capacity: 2 * records.count)
        _ = larger.moveInitialize(fromContentsOf: records)
        records.deallocate()
        records = larger
    }
}
