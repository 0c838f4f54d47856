import CKernels

/// Rows of `Float` factors in blocks that never move: growing copies nothing and stalls nobody.
///
/// A row is padded with zeros to whole lanes, of 16 unless told otherwise, and as aligned as they are; the padding stays
/// zero under every kernel.
/// Memory: 4 × `stride` bytes a row, plus at most one block of 4 MiB, untouched where it is not yet used.
package struct FactorTable: ~Copyable {
    /// Floats from one row to the next: the factors, rounded up to whole lanes.
    package let stride: Int
    package private(set) var count = 0
    private let blockRows: Int
    private let blockShift: Int
    private var blocks: [UnsafeMutablePointer<Float>] = []

    package init(factors: Int, lanes: Int = 16) {
        precondition(factors > 0)
        stride = (factors + lanes - 1) / lanes * lanes
        // The largest power of two of rows that fits 4 MiB, so that a row is found by a shift and a mask.
        blockShift = max(0, (1 << 20) / stride).bitWidth - 1 - max(1, (1 << 20) / stride).leadingZeroBitCount
        blockRows = 1 << blockShift
    }

    deinit {
        for block in blocks { block.deallocate() }
    }

    /// The row's factors: `stride` floats, valid as long as the table lives.
    package subscript(row: UInt32) -> UnsafeMutablePointer<Float> {
        assert(Int(row) < count)
        return blocks[Int(row) >> blockShift] + (Int(row) & (blockRows - 1)) * stride
    }

    /// Adds a row of zeros.
    package mutating func addZeros() {
        if count >> blockShift == blocks.count { addBlock() }
        count += 1
        self[UInt32(count - 1)].initialize(repeating: 0, count: stride)
    }

    /// Makes sure that there is a row: the next one is added, one that is there stays as it is.
    mutating func addZeros(upTo row: UInt32) {
        if row == count { addZeros() }
    }

    /// Fills a row with numbers uniform in ± `reach`.
    package func fill(_ row: UInt32, factors: Int, reach: Float, dice: inout Dice) {
        let row = self[row]
        for index in 0..<factors { row[index] = dice.around(reach) }
    }

    /// Dot products of `query` with every row, in order of the rows, into `out[0 ..< count]`.
    package func scores(_ query: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>) {
        var done = 0
        for block in blocks {
            let rows = min(blockRows, count - done)
            freshet_scores(query, block, rows, stride, out + done)
            done += rows
        }
    }

    /// Where a row stands, and how many rows from it on stand one behind the other.
    func run(from row: Int) -> (start: UnsafePointer<Float>, rows: Int) {
        (UnsafePointer(self[UInt32(row)]), min(blockRows - (row & (blockRows - 1)), count - row))
    }

    /// Each row is set when it is added: to set 4 MiB at once would stall the stream, and touch memory that a small
    /// table never needs.
    private mutating func addBlock() {
        let floats = blockRows * stride
        blocks.append(
            UnsafeMutableRawPointer.allocate(byteCount: floats * 4, alignment: 64)
                .bindMemory(to: Float.self, capacity: floats))
    }
}
