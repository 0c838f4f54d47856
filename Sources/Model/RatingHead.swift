import CKernels
import State

/// Predicts the rating that a user will give. Four simple predictors, and a least-squares stack over them that
/// learns from the stream itself how far to trust which, and when:
///
/// 1. biases of user and item, each a Kalman filter: new rows move fast, known ones slowly, with no rate to tune;
/// 2. factor vectors by SGD with experience replay from a reservoir;
/// 3. a small regression per user on what items are like (`TasteRegression`);
/// 4. the sitting: what the last predictions missed, fading over seconds and minutes of event time.
///
///     ŷ = b_u + b_i + p·q + w·x        y = (r − μ) / σ, by the stream's own mean and spread (`RatingScale`)
///
/// Sources: Koren, Bell & Volinsky, IEEE Computer 42(8), 2009, doi:10.1109/MC.2009.263 (factorisation); Kalman,
/// J. Basic Eng. 82(1), 1960, doi:10.1115/1.3662552 (biases). All constants are in standardised units.
struct RatingHead: ~Copyable {
    private enum Constant {
        /// Variance that a known user's bias gains between two ratings.
        static let userDrift: Float = 0.001
        static let recentMemory: Float = 0.75
        static let itemMemory: Float = 0.98
        /// How fast a sitting fades, in seconds of event time.
        static let sittingSeconds = (10.0, 120.0)
        static let userStep: Float = 0.08
        static let itemStep: Float = 0.2
        static let userReplayStep: Float = 0.02
        static let itemReplayStep: Float = 0.03
        static let decay: Float = 0.04
        static let reservoir = 131_072
        static let reach: Float = 0.03
        static let latentReach: Float = 0.01
        /// Ratings before the stack begins to learn.
        static let warmUp = 10.0
        /// A miss beyond this is no rating's: the step is refused.
        static let missMax: Float = 1e3
    }

    var scale = RatingScale()
    var users: [RatingUser] = []
    var items: [RatingItem] = []
    /// A row for each item.
    var traits = ItemTraits()
    /// Steps that would have let something enormous in.
    var stepsRefused: UInt64 = 0
    var userFactors: FactorTable
    var itemFactors: FactorTable
    var userTastes: FactorTable
    var reservoir = Reservoir(capacity: Constant.reservoir)
    var stack = LeastSquares(count: 24, spread: 0.03, drift: 5e-7)
    let factors: Int
    /// What is expected before anything is known.
    private let startRating: Float

    init(options: ModelOptions) {
        factors = options.factors
        startRating = options.positiveRating
        userFactors = FactorTable(factors: options.factors)
        itemFactors = FactorTable(factors: options.factors)
        userTastes = FactorTable(factors: TasteRegression.floats, lanes: TasteRegression.Lanes.scalarCount)
    }

    /// Adds a row for a user of whom nothing is known, not even random factors.
    mutating func addUser() {
        users.append(RatingUser())
        userFactors.addZeros()
        userTastes.addZeros()
        TasteRegression.reset(userTastes[UInt32(users.count - 1)])
    }

    mutating func fillFactors(ofUser row: UInt32, dice: inout Dice) {
        userFactors.fill(row, factors: factors, reach: Constant.reach, dice: &dice)
    }

    /// Adds a row for an item of which nothing is known, not even random factors.
    mutating func addItem() {
        items.append(RatingItem())
        traits.add()
        itemFactors.addZeros()
    }

    mutating func fillFactors(ofItem row: UInt32, dice: inout Dice) {
        var features = traits[features: row]
        for place in 3..<8 { features[place] = dice.around(Constant.latentReach) }
        traits[features: row] = features
        itemFactors.fill(row, factors: factors, reach: Constant.reach, dice: &dice)
    }

    /// An item leaves memory, and with it what is replayed of its ratings.
    mutating func clear(item row: UInt32, recorder: inout StateRecorder) {
        recorder.willChange(.itemFactors, row) { write(item: row, to: &$0) }
        items[Int(row)] = RatingItem()
        traits.clear(row)
        itemFactors[row].update(repeating: 0, count: itemFactors.stride)
        reservoir.forget(item: row, recorder: &recorder)
    }

    /// Back to what a new user has, and no factors, so that nothing of the old ones shines through.
    mutating func forget(user: UInt32, recorder: inout StateRecorder) {
        keepFactors(ofUser: user, &recorder)
        users[Int(user)] = RatingUser()
        userFactors[user].update(repeating: 0, count: userFactors.stride)
        TasteRegression.reset(userTastes[user])
        reservoir.forget(user: user, recorder: &recorder)
    }

    /// The weights of the user's regression on what items are like.
    func taste(of user: UInt32) -> SIMD8<Float> { TasteRegression.weights(userTastes[user]) }

    /// The rating expected at a time, within the ends of the scale seen; an unknown row counts as a new one.
    func predict(user: UInt32?, item: UInt32?, timestampMs: Int64) -> Float {
        guard scale.count > 0 else { return startRating }
        return scale.rating(look(user: user, item: item, timestampMs: timestampMs).total)
    }

    /// Learns one rating; returns what was expected of it before. The caller has told the recorder of the user's
    /// own row.
    mutating func learn(
        user: UInt32, item: UInt32, rating: Float, timestampMs: Int64, dice: inout Dice,
        recorder: inout StateRecorder
    ) -> Float {
        keepFactors(user: user, item: item, &recorder)
        let look = look(user: user, item: item, timestampMs: timestampMs)
        let expected = scale.count > 0 ? scale.rating(look.total) : startRating
        if scale.count >= Constant.warmUp {
            stack.learn(target: scale.offset(rating) - look.base - look.match)
        }
        scale.learn(rating)
        let y = scale.standardised(rating)
        learnBiases(user: user, item: item, y: y, match: Float(look.match))
        let latent = TasteRegression.learn(
            look.taste, target: y - items[Int(item)].bias, row: userTastes[user])
        noteMiss(y - Float(look.match), look: look, user: user, item: item, timestampMs: timestampMs)
        traits[features: item] = items[Int(item)].features(latent: latent)
        step(user: user, item: item, y: y, userStep: Constant.userStep, itemStep: Constant.itemStep)
        replay(&dice, &recorder)
        reservoir.offer(.init(user: user, item: item, rating: rating), dice: &dice, recorder: &recorder)
        return expected
    }

    private mutating func learnBiases(user: UInt32, item: UInt32, y: Float, match: Float) {
        let miss = y - users[Int(user)].bias - items[Int(item)].bias - match
        if users[Int(user)].count > 0 { users[Int(user)].variance += Constant.userDrift }
        let (ofUser, ofItem) = (users[Int(user)].variance, items[Int(item)].variance)
        let certainty = 1 / (ofUser + ofItem + 1)
        users[Int(user)].bias += ofUser * certainty * miss
        items[Int(item)].bias += ofItem * certainty * miss
        users[Int(user)].variance *= 1 - ofUser * certainty
        items[Int(item)].variance *= 1 - ofItem * certainty
    }

    /// Notes what the biases of now leave unexplained; `rest` is the rating without the match of the factors.
    private mutating func noteMiss(
        _ rest: Float, look: RatingLook, user: UInt32, item: UInt32, timestampMs: Int64
    ) {
        var (u, i) = (users[Int(user)], items[Int(item)])
        let miss = rest - u.bias - i.bias
        u.recentMiss = Constant.recentMemory * u.recentMiss + (1 - Constant.recentMemory) * miss
        i.recentMiss = Constant.itemMemory * i.recentMiss + (1 - Constant.itemMemory) * miss
        i.raters += (u.bias - i.raters) / (i.count + 1)
        u.sittings.0.add(miss: miss, itemBias: i.bias, fading: look.fading.0)
        u.sittings.1.add(miss: miss, itemBias: i.bias, fading: look.fading.1)
        u.count += 1
        i.count += 1
        i.logCount = Float(Curves.log(1 + Double(i.count)))
        u.lastMs = max(u.lastMs, timestampMs)
        (users[Int(user)], items[Int(item)]) = (u, i)
    }

    /// Steps on samples of the past, so that early ratings are seen through what is known today.
    private mutating func replay(_ dice: inout Dice, _ recorder: inout StateRecorder) {
        guard !reservoir.samples.isEmpty else { return }
        // All are drawn first, and their rows asked for: they lie anywhere in memory.
        var samples = InlineArray<8, Reservoir.Sample>(repeating: .init(user: 0, item: 0, rating: 0))
        for index in samples.indices {
            samples[index] = reservoir.draw(&dice)
            expect(samples[index])
        }
        for index in samples.indices {
            let sample = samples[index]
            let y = scale.standardised(sample.rating)
            keepFactors(user: sample.user, item: sample.item, &recorder)
            step(
                user: sample.user, item: sample.item, y: y, userStep: Constant.userReplayStep,
                itemStep: Constant.itemReplayStep)
            traits[features: sample.item] = TasteRegression.replayed(
                traits[features: sample.item], target: y - items[Int(sample.item)].bias,
                row: userTastes[sample.user])
        }
    }

    private func expect(_ sample: Reservoir.Sample) {
        freshet_expect(userFactors[sample.user], userFactors.stride * 4)
        freshet_expect(itemFactors[sample.item], itemFactors.stride * 4)
        freshet_expect(userTastes[sample.user], 32)
        freshet_expect(traits.rows[sample.item], 32)
    }

    private mutating func step(user: UInt32, item: UInt32, y: Float, userStep: Float, itemStep: Float) {
        let isTaken = GradientStep.take(
            userFactors[user], itemFactors[item], stride: userFactors.stride,
            towards: y - users[Int(user)].bias - items[Int(item)].bias, missMax: Constant.missMax,
            decay: Constant.decay, userStep: userStep, itemStep: itemStep)
        if !isTaken { stepsRefused += 1 }
    }

    /// Everything that a prediction is made of; the stack keeps the features for `learn`.
    private func look(user: UInt32?, item: UInt32?, timestampMs: Int64) -> RatingLook {
        let u = user.map { users[Int($0)] } ?? RatingUser()
        let i = item.map { items[Int($0)] } ?? RatingItem()
        var match = 0.0
        if let user, let item {
            match = Double(freshet_dot(userFactors[user], itemFactors[item], userFactors.stride))
        }
        let features = item.map { traits[features: $0] } ?? RatingItem.unknownFeatures
        let taste = TasteRegression.see(features, row: user.map { userTastes[$0] })
        var seconds = 0.0
        // What was asked for long before the last rating is as far from that sitting as what comes long after.
        if u.count > 0 { seconds = abs(Double(timestampMs) - Double(u.lastMs)) / 1_000 }
        let fading = (
            Self.fading(seconds, over: Constant.sittingSeconds.0),
            Self.fading(seconds, over: Constant.sittingSeconds.1)
        )
        var look = RatingLook(
            base: Double(u.bias) + Double(i.bias), match: match, taste: taste, fading: fading)
        look.correction = stack.predict(look.features(user: u, item: i))
        return look
    }

    /// e^(−seconds / over).
    private static func fading(_ seconds: Double, over: Double) -> Float {
        Float(Curves.exp2(-seconds / over * 1.442_695_040_888_963_4))
    }
}
