/// Picks the best few of many scores in one pass: a bounded heap whose root is the worst that is still in.
///
/// Order: higher scores first, of equal ones the lower row. `-infinity` and NaN never get in. Cost: one comparison
/// for each score, and O(log limit) for each that gets in.
package struct TopSelection {
    package struct Choice: Equatable, Sendable {
        package var row: UInt32
        package var score: Float

        package init(row: UInt32, score: Float) {
            self.row = row
            self.score = score
        }
    }

    private let limit: Int
    private var heap: [Choice] = []

    package init(limit: Int) {
        precondition(limit > 0)
        self.limit = limit
        heap.reserveCapacity(limit)
    }

    /// The best of `scores` by row, best first.
    package mutating func best(of scores: UnsafeBufferPointer<Float>) -> [Choice] {
        heap.removeAll(keepingCapacity: true)
        var bar = -Float.infinity
        for row in scores.indices where scores[row] > bar {
            offer(Choice(row: UInt32(row), score: scores[row]))
            // Rows come in rising order, so that an equal score never displaces an earlier row.
            if heap.count == limit { bar = heap[0].score }
        }
        return heap.sorted { Self.isWorse($1, $0) }
    }

    private mutating func offer(_ choice: Choice) {
        if heap.count < limit {
            heap.append(choice)
            siftUp(heap.count - 1)
        } else {
            heap[0] = choice
            siftDown()
        }
    }

    private static func isWorse(_ left: Choice, _ right: Choice) -> Bool {
        left.score < right.score || (left.score == right.score && left.row > right.row)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.isWorse(heap[child], heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && Self.isWorse(heap[child], heap[worst]) {
                worst = child
            }
            guard worst != parent else { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}
