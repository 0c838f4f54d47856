import Events
import RatingFiles

/// The ids of a pool as bytes that records take, made once: one after another in one array.
struct IDTexts: Sendable {
    private var bytes: [UInt8] = []
    /// The bytes of id `n` are `bytes[ends[n]..<ends[n + 1]]`.
    private var ends: [Int] = [0]

    /// - Parameter spelling: what an id is written as.
    init(_ pool: IDPool, spelling: (String) -> String) {
        ends.reserveCapacity(pool.count + 1)
        for number in 0..<UInt32(pool.count) {
            bytes.append(contentsOf: spelling(pool.id(number).text).utf8)
            ends.append(bytes.count)
        }
    }

    /// The bytes of an id, lent.
    @inline(__always)
    func withBytes<Failure: Error>(
        of number: UInt32, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let range = ends[Int(number)]..<ends[Int(number) + 1]
        try bytes.span.withUnsafeBytes { all throws(Failure) in
            try body(UnsafeRawBufferPointer(rebasing: all[range]))
        }
    }
}
