import CKernels

/// Users that are scored side by side, one in each lane, so that an item's factors are read once for all of them.
package struct QueryBlock: ~Copyable {
    /// Users of a block at most.
    package static let usersMax = Int(FRESHET_BLOCK_USERS)

    /// Users that were added since `removeAll`.
    package private(set) var count = 0
    private let stride: Int
    /// Factor k of user u at k · `usersMax` + u.
    private var factors: AlignedFloats

    package init(stride: Int) {
        precondition(stride > 0 && stride % 16 == 0, "rows are whole lanes")
        self.stride = stride
        factors = AlignedFloats(capacity: stride * Self.usersMax)
        factors.reset(count: stride * Self.usersMax)
    }

    /// The lanes of users that are not there score what was there before.
    package mutating func removeAll() {
        count = 0
    }

    /// Adds a user by a query of `stride` floats.
    package mutating func add(_ query: UnsafePointer<Float>) {
        precondition(count < Self.usersMax, "the block is full")
        for k in 0..<stride { factors.start[k * Self.usersMax + count] = query[k] }
        count += 1
    }

    /// Dot products with the items of `rows`: item r of them and user u at r · `usersMax` + u. Bit for bit those of
    /// one user at a time.
    ///
    /// - Parameters:
    ///   - floats: how many of a row count, whole lanes; the others are zero in all queries. All without it.
    ///   - scores: 64-byte aligned, `rows.count` · `usersMax` floats.
    func score(
        _ items: borrowing FactorTable, rows: Range<Int>, floats: Int? = nil,
        into scores: UnsafeMutablePointer<Float>
    ) {
        let floats = floats ?? stride
        precondition(items.stride == stride && floats > 0 && floats <= stride && floats % 16 == 0)
        var row = rows.lowerBound
        while row < rows.upperBound {
            let run = items.run(from: row)
            let count = min(run.rows, rows.upperBound - row)
            freshet_block_scores(
                factors.start, run.start, count, floats, stride,
                scores + (row - rows.lowerBound) * Self.usersMax)
            row += count
        }
    }
}
