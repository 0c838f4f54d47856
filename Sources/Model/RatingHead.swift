import CKernels

/// Predicts the rating that a user will give: biases by a Kalman filter, a biased factorisation by SGD with
/// experience replay, and a small stack of least squares over both that learns how far to trust which part.
///
///     y  = (r − μ) / σ                          standardised by the stream's own mean and spread
///     ŷ  = b_u + b_i + p_u·q_i + w·x            x: the parts again, shrunk by how often each row was seen
///
/// Each bias is a mean with a variance of its own: a new row moves fast, a known one slowly, with no rate to tune.
/// Sources: Koren, Bell & Volinsky, IEEE Computer 42(8), 2009, doi:10.1109/MC.2009.263 (factorisation);
/// Kalman, J. Basic Eng. 82(1), 1960, doi:10.1115/1.3662552 (biases). All constants below are in standardised units.
struct RatingHead: ~Copyable {
    /// What is known of a user or an item besides its factors.
    struct Side: Equatable {
        /// The bias b and the variance of our belief in it.
        var bias: Float = 0
        var variance: Float
        var count: Float = 0
        /// What the prediction missed lately, on a long and on a short memory, and last time. Users only.
        var slowMiss: Float = 0
        var fastMiss: Float = 0
        var lastMiss: Float = 0
    }

    private enum Rate {
        static let userVariance: Float = 0.14
        static let itemVariance: Float = 0.18
        /// Variance that a known user gains between two ratings: tastes drift.
        static let userDrift: Float = 0.0005
        static let slowMemory: Float = 0.98
        static let fastMemory: Float = 0.8
        static let userStep: Float = 0.085
        static let itemStep: Float = 0.18
        static let userReplay: Float = 0.01
        static let itemReplay: Float = 0.02
        static let decay: Float = 0.025
        static let replays = 8
        static let reach: Float = 0.03
        static let reservoir = 131_072
    }

    private(set) var scale = RatingScale()
    private(set) var users: [Side] = []
    private(set) var items: [Side] = []
    private var userFactors: FactorTable
    private var itemFactors: FactorTable
    private var reservoir = Reservoir(capacity: Rate.reservoir)
    private var stack = LeastSquares(features: Self.featureCount, spread: 0.1, forgetting: 0.9998)
    private var features = [Double](repeating: 0, count: Self.featureCount)
    private let factors: Int

    private static let featureCount = 17

    init(factors: Int) {
        self.factors = factors
        userFactors = FactorTable(factors: factors)
        itemFactors = FactorTable(factors: factors)
    }

    mutating func addUser(dice: inout Dice) {
        users.append(Side(variance: Rate.userVariance))
        userFactors.add(factors: factors, reach: Rate.reach, dice: &dice)
    }

    mutating func addItem(dice: inout Dice) {
        items.append(Side(variance: Rate.itemVariance))
        itemFactors.add(factors: factors, reach: Rate.reach, dice: &dice)
    }

    /// Back to what a new user has: no bias, and no factors, so that nothing of the old ones shines through.
    mutating func forget(user: UInt32) {
        users[Int(user)] = Side(variance: Rate.userVariance)
        userFactors[user].update(repeating: 0, count: userFactors.stride)
        reservoir.forget(user: user)
    }

    /// The rating expected, on the scale of the ratings; an unknown user or item counts as the mean one.
    mutating func predict(user: UInt32?, item: UInt32?) -> Float {
        scale.rating(sight(user: user, item: item).total)
    }

    /// Learns one rating; returns what was expected of it before.
    mutating func learn(user: UInt32, item: UInt32, rating: Float, dice: inout Dice) -> Float {
        let sight = sight(user: user, item: item)
        let expected = scale.rating(sight.total)
        if scale.count > 0 {
            _ = stack.learn(features, target: Double(scale.standardised(rating)) - sight.base - sight.taste)
        }
        scale.learn(rating)
        let y = scale.standardised(rating)
        learnBiases(user: user, item: item, y: y, taste: Float(sight.taste))
        step(user: user, item: item, y: y, userRate: Rate.userStep, itemRate: Rate.itemStep)
        replay(&dice)
        reservoir.offer(.init(user: user, item: item, rating: rating), dice: &dice)
        return expected
    }

    /// The parts of a prediction in standardised units; `features` holds what the stack looked at.
    private struct Sight {
        var base: Double
        var taste: Double
        var correction: Double
        var total: Double { base + taste + correction }
    }

    private mutating func sight(user: UInt32?, item: UInt32?) -> Sight {
        let u = user.map { users[Int($0)] } ?? Side(variance: Rate.userVariance)
        let i = item.map { items[Int($0)] } ?? Side(variance: Rate.itemVariance)
        var taste = 0.0
        if let user, let item {
            taste = Double(freshet_dot(userFactors[user], itemFactors[item], userFactors.stride))
        }
        let (bu, bi) = (Double(u.bias), Double(i.bias))
        let (nu, ni) = (Double(u.count), Double(i.count))
        let (trustU, trustI) = (nu / (nu + 2), ni / (ni + 2))
        let x = [
            1, bu, bi, taste, Double(u.slowMiss), Double(u.fastMiss), Double(u.lastMiss),
            bu * trustU, bi * trustI, taste * trustU, bu * bi, 1 - trustU, 1 - trustI,
            0.2 * Curves.log(1 + nu), 0.2 * Curves.log(1 + ni), bu * trustI, bi * trustU,
        ]
        for index in x.indices { features[index] = x[index] }
        return Sight(base: bu + bi, taste: taste, correction: stack.predict(features))
    }

    private mutating func learnBiases(user: UInt32, item: UInt32, y: Float, taste: Float) {
        var (u, i) = (users[Int(user)], items[Int(item)])
        let miss = y - u.bias - i.bias - taste
        if u.count > 0 { u.variance += Rate.userDrift }
        let certainty = 1 / (u.variance + i.variance + 1)
        let (gainU, gainI) = (u.variance * certainty, i.variance * certainty)
        u.bias += gainU * miss
        i.bias += gainI * miss
        u.variance *= 1 - gainU
        i.variance *= 1 - gainI

        let rest = y - u.bias - i.bias - taste
        u.slowMiss = Rate.slowMemory * u.slowMiss + (1 - Rate.slowMemory) * rest
        u.fastMiss = Rate.fastMemory * u.fastMiss + (1 - Rate.fastMemory) * rest
        u.lastMiss = miss
        u.count += 1
        i.count += 1
        (users[Int(user)], items[Int(item)]) = (u, i)
    }

    /// Steps on samples of the past, so that early ratings are seen through what is known today.
    private mutating func replay(_ dice: inout Dice) {
        guard !reservoir.samples.isEmpty else { return }
        for _ in 0..<Rate.replays {
            let sample = reservoir.draw(&dice)
            step(
                user: sample.user, item: sample.item, y: scale.standardised(sample.rating),
                userRate: Rate.userReplay, itemRate: Rate.itemReplay)
        }
    }

    private func step(user: UInt32, item: UInt32, y: Float, userRate: Float, itemRate: Float) {
        let (p, q) = (userFactors[user], itemFactors[item])
        let miss =
            y - users[Int(user)].bias - items[Int(item)].bias - freshet_dot(p, q, userFactors.stride)
        guard miss.isFinite, abs(miss) < 1e6 else { return }
        freshet_descend(
            p, q, 1 - Rate.decay * userRate, userRate * miss, 1 - Rate.decay * itemRate, itemRate * miss,
            userFactors.stride)
    }
}
