import State

/// What the rating head knows of a user besides the factor rows; standardised units. 48 bytes, without a gap.
struct RatingUser: Equatable, BitwiseCopyable {
    /// The newest rating, in epoch milliseconds.
    var lastMs: Int64 = .min
    /// The bias b and the variance of our belief in it.
    var bias: Float = 0
    var variance: Float = 0.5
    var count: Float = 0
    /// What predictions missed lately: the sitting that is under way shows in it.
    var recentMiss: Float = 0
    var sittings = (Sitting(), Sitting())

    /// Sums that fade with event time: what predictions missed, how many there were, and how the items were biased.
    struct Sitting: Equatable, BitwiseCopyable {
        var misses: Float = 0
        var count: Float = 0
        var itemBiases: Float = 0

        mutating func add(miss: Float, itemBias: Float, fading: Float) {
            misses = misses * fading + miss
            count = count * fading + 1
            itemBiases = itemBiases * fading + itemBias
        }
    }

    /// ln(1 + count). Worked out anew each time: there are millions of users.
    var logCount: Float { Float(Curves.log(1 + Double(count))) }

    static func == (left: Self, right: Self) -> Bool {
        left.bias == right.bias && left.variance == right.variance && left.count == right.count
            && left.recentMiss == right.recentMiss && left.lastMs == right.lastMs
            && left.sittings.0 == right.sittings.0 && left.sittings.1 == right.sittings.1
    }
}

// MARK: - What a checkpoint keeps

extension RatingUser {
    init(from bytes: inout StateBytes) throws(StateDamage) {
        lastMs = try bytes.take()
        bias = try bytes.take()
        variance = try bytes.take()
        count = try bytes.take()
        _ = try bytes.take(Float.self)
        recentMiss = try bytes.take()
        sittings = (try bytes.take(), try bytes.take())
    }

    func write(to bytes: inout [UInt8]) {
        bytes.put(lastMs)
        bytes.put(SIMD4(bias, variance, count, logCount))
        bytes.put(recentMiss)
        bytes.put(sittings.0)
        bytes.put(sittings.1)
    }
}
