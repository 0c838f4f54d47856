import CKernels

/// Batch training as one would write it down: one number at a time, over plain arrays.
struct PlainFit {
    let factors: Int
    var p: [Float]
    var q: [Float]
    /// Bias and decay of each row.
    var users: [Float]
    var items: [Float]
    var squares = 0.0

    mutating func learn(_ samples: [freshet_sample], _ rates: freshet_fit_rates) {
        for sample in samples { learn(sample, rates) }
    }

    private mutating func learn(_ sample: freshet_sample, _ rates: freshet_fit_rates) {
        let (user, item) = (Int(sample.user), Int(sample.item))
        let match = foldedDot(
            p[user * factors..<(user + 1) * factors], q[item * factors..<(item + 1) * factors])
        let miss = sample.rating - users[2 * user] - items[2 * item] - match
        guard abs(miss) < rates.miss_max else { return }
        squares += Double(miss) * Double(miss)
        users[2 * user] += rates.bias_step * (miss - rates.bias_decay * users[2 * user])
        items[2 * item] += rates.bias_step * (miss - rates.bias_decay * items[2 * item])
        let (keepP, keepQ) = (1 - rates.step * users[2 * user + 1], 1 - rates.step * items[2 * item + 1])
        for index in 0..<factors {
            let (oldP, oldQ) = (p[user * factors + index], q[item * factors + index])
            p[user * factors + index] = keepP * oldP + rates.step * miss * oldQ
            if index > 0 { q[item * factors + index] = keepQ * oldQ + rates.step * miss * oldP }
        }
    }
}
