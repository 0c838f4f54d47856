/// Weights of a few features, learned one observation at a time by recursive least squares with forgetting.
///
///     g = C·x      w ← w + g·(t − w·x) / (λ + x·g)      C ← (C − g·gᵀ / (λ + x·g)) / λ
///
/// C is divided by λ only while its trace is within where it began: forgetting without news would let it grow
/// without bound (wind-up). Source: Ljung, System Identification, 2nd ed. 1999, section 11.2.
///
/// Cost: about 2·n² multiplications a step.
struct LeastSquares: Equatable, Sendable {
    private(set) var weights: [Double]
    /// n × n, by rows.
    private(set) var covariance: [Double]
    private let forgetting: Double
    private let traceMax: Double
    private var gain: [Double]

    init(features: Int, spread: Double, forgetting: Double) {
        weights = [Double](repeating: 0, count: features)
        covariance = [Double](repeating: 0, count: features * features)
        for index in 0..<features { covariance[index * features + index] = spread }
        self.forgetting = forgetting
        traceMax = Double(features) * spread
        gain = [Double](repeating: 0, count: features)
    }

    func predict(_ x: [Double]) -> Double {
        var sum = 0.0
        for index in weights.indices { sum += weights[index] * x[index] }
        return sum
    }

    /// One observation; refused, and `false`, if it would let anything but finite numbers in.
    mutating func learn(_ x: [Double], target: Double) -> Bool {
        let count = weights.count
        var denominator = forgetting
        for row in 0..<count {
            var sum = 0.0
            for column in 0..<count { sum += covariance[row * count + column] * x[column] }
            gain[row] = sum
            denominator += x[row] * sum
        }
        let error = target - predict(x)
        guard (error / denominator).isFinite, denominator > 0 else { return false }

        var trace = 0.0
        for row in 0..<count {
            weights[row] += gain[row] * error / denominator
            let scaled = gain[row] / denominator
            for column in 0..<count { covariance[row * count + column] -= scaled * gain[column] }
            trace += covariance[row * count + row]
        }
        if trace <= traceMax * forgetting {
            for index in covariance.indices { covariance[index] /= forgetting }
        }
        return true
    }
}
