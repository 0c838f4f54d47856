/// A user's own small regression on what items are like: constant, the item's bias, its popularity, and five
/// latent features that all users teach. Bayesian linear regression, one observation at a time.
///
///     z = C·f      w ← w + z·e / (f·z + 2)      C ← C − z·zᵀ / (f·z + 2) + drift
///
/// A row holds w and then C by rows: 72 floats. The noise of an observation is 2, in standardised units.
enum TasteRegression {
    typealias Lanes = SIMD8<Float>

    static let floats = 72
    private static let noise: Float = 2
    /// What we believe of a new user, on the diagonal of C.
    private static let prior = Lanes(0.15, 0.3, 0.1, 0.5, 0.5, 0.5, 0.5, 0.5)
    /// How much the truth may move between two ratings.
    private static let drift = Lanes(2e-4, 6e-5, 6e-5, 6e-5, 6e-5, 6e-5, 6e-5, 6e-5)
    private static let latentStep: Float = 0.12
    private static let latentReplayStep: Float = 0.02
    private static let latentDecay: Float = 0.05

    /// What a prediction saw: what is believed of the item, and how sure we are.
    struct Sight {
        var features: Lanes
        var gain: Lanes
        var variance: Float
        var expected: Float
    }

    static func weights(_ row: UnsafeMutablePointer<Float>) -> Lanes { lanes(row)[0] }

    static func reset(_ row: UnsafeMutablePointer<Float>) {
        let lanes = lanes(row)
        lanes[0] = .zero
        for index in 0..<8 {
            var line = Lanes.zero
            line[index] = prior[index]
            lanes[1 + index] = line
        }
    }

    /// How a row sees an item; without a row, how a new user would.
    static func see(_ features: Lanes, row: UnsafeMutablePointer<Float>?) -> Sight {
        guard let row else {
            let gain = prior * features
            return Sight(features: features, gain: gain, variance: (features * gain).sum(), expected: 0)
        }
        let lanes = lanes(row)
        var gain = Lanes.zero
        for index in 0..<8 { gain += features[index] * lanes[1 + index] }
        return Sight(
            features: features, gain: gain, variance: (features * gain).sum(),
            expected: (lanes[0] * features).sum())
    }

    /// Learns y − b_i from what was seen; moves the item's latent features too and returns all of its features.
    static func learn(_ sight: Sight, target: Float, row: UnsafeMutablePointer<Float>) -> Lanes {
        let lanes = lanes(row)
        guard sight.variance >= 0, sight.variance.isFinite else {
            reset(row)
            return sight.features
        }
        let certainty = 1 / (sight.variance + noise)
        lanes[0] += sight.gain * ((target - sight.expected) * certainty)
        for index in 0..<8 {
            lanes[1 + index] -= sight.gain * (sight.gain[index] * certainty)
            lanes[1 + index][index] += drift[index]
        }
        return moved(sight.features, by: latentStep, target: target, row: row)
    }

    /// The item's features after a step on an old rating; the row stays as it is.
    static func replayed(_ features: Lanes, target: Float, row: UnsafeMutablePointer<Float>) -> Lanes {
        moved(features, by: latentReplayStep, target: target, row: row)
    }

    private static func moved(
        _ features: Lanes, by step: Float, target: Float, row: UnsafeMutablePointer<Float>
    ) -> Lanes {
        let weights = lanes(row)[0]
        let miss = target - (weights * features).sum()
        var next = features + step * (miss * weights - latentDecay * features)
        // The first three are what they are: only the latent ones are learned.
        for index in 0..<3 { next[index] = features[index] }
        return next
    }

    private static func lanes(_ row: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Lanes> {
        // Rows hold whole lanes and are as aligned as they are.
        UnsafeMutableRawPointer(row).assumingMemoryBound(to: Lanes.self)
    }
}
