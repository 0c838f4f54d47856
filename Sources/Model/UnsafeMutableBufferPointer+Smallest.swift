extension UnsafeMutableBufferPointer<Float> {
    /// The `rank`-th smallest number, counted from 1; leaves the numbers in another order.
    ///
    /// Quickselect with the median of three as pivot: O(n) expected, and never worse than O(n²) on rows of a few
    /// hundred. Source: Hoare, CACM 4(7), 1961, doi:10.1145/366622.366647.
    func smallest(_ rank: Int) -> Float {
        precondition(1...count ~= rank)
        var (low, high) = (0, count - 1)
        while low < high {
            let pivot = Swift.max(
                Swift.min(self[low], self[high]),
                Swift.min(Swift.max(self[low], self[high]), self[(low + high) / 2]))
            var (left, right) = (low, high)
            while left <= right {
                while self[left] < pivot { left += 1 }
                while self[right] > pivot { right -= 1 }
                if left <= right {
                    swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if rank - 1 <= right {
                high = right
            } else if rank - 1 >= left {
                low = left
            } else {
                break
            }
        }
        return self[rank - 1]
    }
}
