package import Model

/// Draws an index in proportion to its weight, in O(1): each slot holds its own index and one other that lends it what
/// it lacks of the mean. Source: Walker's alias method as built by Vose, IEEE TSE 17(9), 1991, doi:10.1109/32.92917.
package struct WeightedDraw: Sendable {
    /// The share of the slot that is its own.
    private var own: [Float]
    private var other: [UInt32]

    package init(_ weights: [Double]) {
        precondition(!weights.isEmpty && weights.count <= Int(UInt32.max))
        let sum = weights.reduce(0, +)
        var scaled = weights.map { $0 * Double(weights.count) / sum }
        own = [Float](repeating: 1, count: weights.count)
        other = (0..<UInt32(weights.count)).map { $0 }
        var small = scaled.indices.filter { scaled[$0] < 1 }
        var large = scaled.indices.filter { scaled[$0] >= 1 }
        while let needy = small.popLast(), let giver = large.last {
            own[needy] = Float(scaled[needy])
            other[needy] = UInt32(giver)
            scaled[giver] -= 1 - scaled[needy]
            if scaled[giver] < 1 { small.append(large.removeLast()) }
        }
    }

    package func draw(_ dice: inout Dice) -> Int {
        let slot = dice.below(own.count)
        return Float(dice.unit()) < own[slot] ? slot : Int(other[slot])
    }
}
