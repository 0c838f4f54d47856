/// The plainest predictors of a rating, for comparison: the mean of all, and what users and items add to it.
///
///     r̂ = μ + b_u + b_i      b_i = Σ (r − μ) / (n_i + 5)      b_u = Σ (r − μ − b_i) / (n_u + 5)
///
/// μ and b_i as they were when each rating came. Kept within the ends of the ratings seen.
package struct PlainBiases: Sendable {
    private struct Offset {
        var sum = 0.0
        var count = 0.0

        /// The mean, drawn towards zero while there is little to go by.
        var shrunk: Double { sum / (count + 5) }
    }

    private var sum = 0.0
    private var count = 0.0
    private var lowest: Float = .infinity
    private var highest: Float = -.infinity
    private var users: [Offset] = []
    private var items: [Offset] = []
    /// What is expected before the first rating.
    private let start: Float

    package init(start: Float) {
        self.start = start
    }

    package var mean: Float { count == 0 ? start : Float(sum / count) }

    package func predict(user: UInt32?, item: UInt32?) -> Float {
        guard count > 0 else { return start }
        let offset = Self.of(users, user).shrunk + Self.of(items, item).shrunk
        return min(max(Float(sum / count + offset), lowest), highest)
    }

    package mutating func learn(_ rating: Float, user: UInt32, item: UInt32) {
        Self.grow(&users, to: user)
        Self.grow(&items, to: item)
        lowest = min(lowest, rating)
        highest = max(highest, rating)
        sum += Double(rating)
        count += 1
        let offset = Double(rating) - sum / count
        items[Int(item)].sum += offset
        items[Int(item)].count += 1
        users[Int(user)].sum += offset - items[Int(item)].shrunk
        users[Int(user)].count += 1
    }

    private static func of(_ offsets: [Offset], _ row: UInt32?) -> Offset {
        guard let row, Int(row) < offsets.count else { return Offset() }
        return offsets[Int(row)]
    }

    private static func grow(_ offsets: inout [Offset], to row: UInt32) {
        while offsets.count <= Int(row) { offsets.append(Offset()) }
    }
}
