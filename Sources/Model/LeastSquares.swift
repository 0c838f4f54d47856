import CKernels
import State

/// Weights of a few features, learned one observation at a time: recursive least squares whose weights may drift.
///
///     g = C·x      w ← w + g·e / (1 + x·g)      C ← C − g·gᵀ / (1 + x·g) + drift·I      e = t − w·x
///
/// This is a Kalman filter whose state walks at random: unlike with a forgetting factor, C cannot wind up without
/// news. Source: Ljung, System Identification, 2nd ed. 1999, section 11.2. Cost: about 2·n² multiplications a step.
struct LeastSquares: ~Copyable {
    /// A multiple of 8.
    let count: Int
    private let drift: Double
    /// Four vectors and the matrix, 64-byte aligned: weights, features, gain, and C by rows.
    private let weights: UnsafeMutablePointer<Double>
    private let features: UnsafeMutablePointer<Double>
    private let gain: UnsafeMutablePointer<Double>
    private let covariance: UnsafeMutablePointer<Double>

    /// What a single surprise may teach at most.
    private static let errorMax = 4.0

    init(count: Int, spread: Double, drift: Double) {
        precondition(count > 0 && count.isMultiple(of: 8))
        self.count = count
        self.drift = drift
        let doubles = 3 * count + count * count
        let start = UnsafeMutableRawPointer.allocate(byteCount: doubles * 8, alignment: 64)
            .bindMemory(to: Double.self, capacity: doubles)
        start.initialize(repeating: 0, count: doubles)
        (weights, features, gain, covariance) = (
            start, start + count, start + 2 * count, start + 3 * count
        )
        for index in 0..<count { covariance[index * count + index] = spread }
    }

    deinit { weights.deallocate() }

    /// The weighted sum of these features, which `learn` then takes as the ones that were looked at.
    func predict(_ x: Features) -> Double {
        for index in 0..<count { features[index] = x[index] }
        return predicted
    }

    /// Learns what the features of the last prediction should have given.
    mutating func learn(target: Double) {
        // Swift 6.3.1 with ThreadSanitizer cannot compile `+=` through pointers that are members here.
        let (weights, covariance) = (weights, covariance)
        freshet_symmetric_times(covariance, features, gain, count)
        var certainty = 1.0
        for index in 0..<count { certainty += features[index] * gain[index] }
        let error = min(max(target - predicted, -Self.errorMax), Self.errorMax)
        guard certainty.isFinite, certainty > 0, error.isFinite else { return }
        for index in 0..<count { weights[index] += gain[index] * error / certainty }
        freshet_symmetric_shrink(covariance, gain, 1 / certainty, count)
        for index in 0..<count { covariance[index * count + index] += drift }
    }

    /// Weights and C; the features and the gain last one step only.
    func write(to bytes: inout [UInt8]) {
        for index in 0..<count { bytes.put(weights[index]) }
        for index in 0..<count * count { bytes.put(covariance[index]) }
    }

    mutating func read(from bytes: inout StateBytes) throws(StateDamage) {
        for index in 0..<count { weights[index] = try bytes.take() }
        for index in 0..<count * count { covariance[index] = try bytes.take() }
    }

    private var predicted: Double {
        var sum = 0.0
        for index in 0..<count { sum += weights[index] * features[index] }
        return sum
    }

    /// As many features as there are weights.
    typealias Features = InlineArray<24, Double>
}
