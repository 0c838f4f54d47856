/// Finds the row with the lowest mark, for marks that only ever rise, but for those of rows that were found: a heap of
/// the marks as they were when it last looked. A mark that turns out to have risen is set right, and the search goes on.
///
/// What is found depends on the marks alone, so nothing of this needs to be kept: the heap is made when it is first
/// asked, and whoever is never asked costs nothing. Cost: O(log rows) for each row that changed since it was seen
/// last. Memory: 16 bytes a row.
struct ColdestRow {
    private struct Entry {
        var mark: UInt64
        var row: UInt32

        func isColder(than other: Entry) -> Bool { (mark, row) < (other.mark, other.row) }
    }

    private var heap: [Entry] = []

    /// The row with the lowest mark, of equals the lowest row. There is at least one.
    mutating func find(among rowCount: Int, mark: (UInt32) -> UInt64) -> UInt32 {
        precondition(rowCount > 0)
        grow(to: rowCount, mark: mark)
        while true {
            let now = mark(heap[0].row)
            assert(now >= heap[0].mark, "marks only rise")
            if now == heap[0].mark { break }
            heap[0].mark = now
            siftDown(0)
        }
        // Whoever gets the row may have a lower mark than the one that leaves it.
        heap[0].mark = 0
        return heap[0].row
    }

    /// The marks may have fallen: they are looked at anew.
    mutating func reset() {
        heap.removeAll(keepingCapacity: true)
    }

    private mutating func grow(to rowCount: Int, mark: (UInt32) -> UInt64) {
        guard heap.count < rowCount else { return }
        for row in heap.count..<rowCount {
            heap.append(Entry(mark: mark(UInt32(row)), row: UInt32(row)))
        }
        for place in (0..<rowCount / 2).reversed() { siftDown(place) }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var coldest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].isColder(than: heap[coldest]) {
                coldest = child
            }
            guard coldest != parent else { return }
            heap.swapAt(parent, coldest)
            parent = coldest
        }
    }
}
