import CKernels
import State

/// Scores items for a user by what followed what. Two views share the work: counts of neighbours, which are sharp
/// where there are many, and vectors, which carry over where there are few.
///
///     s(u, i) = 0.16·(q_u·V_i + β_i) + 0.2·max(−10, ln popularity_i) − 0.1·ln(0.01 + age_i)
///               + ln(1 + S_i·(n_i + 5)^−0.4 / 0.002)
///               + L_u·T_i
///     S_i     = Σ_d x_d · C[h_d → i] · (total(h_d) + 10)^−0.55
///     x_d     ∝ 0.856^d·(1 + gap_d / 15 s)^−0.6 + 0.1·0.97^d  by the liking of the act,     Σ x_d = 1
///
/// h_0, h_1 … are the user's newest items; gap_d is the event time from act d to the moment of the question: acts of
/// one sitting belong together. C is counted as events come (`NeighbourTable`): an item that follows another adds to
/// it, forwards more than backwards, and each row halves in 100 visits of its item. Source of the counts: Deshpande &
/// Karypis, ACM TOIS 22(1), 2004, doi:10.1145/963770.963776. The vectors are `SequenceVectors`. L_u·T_i is how much the
/// user likes what the item is like: see `ItemTraits` and `LikingQuery`.
struct RankingHead: ~Copyable {
    private enum Constant {
        static let forwardMemory: Float = 0.9
        static let backwardMemory: Float = 0.832
        static let backward: Float = 0.6
        static let rowHalfLifeVisits = 100.0
        static let popularityHalfLifeEvents = 10_000.0
        static let historyMemory: Float = 0.856
        static let sittingSeconds = 15.0
        static let sittingPower = -0.6
        static let slowMemory: Float = 0.97
        static let slowShare: Float = 0.1
        static let rowPower = -0.55
        static let rowOffset = 10.0
        static let countPower = -0.4
        static let countOffset = 5.0
        static let blend = freshet_blend(
            match: 0.16, wanted: 0.2, floor: -10, now: 0, age: -0.1, per_event: 0, sharpness: 500)
    }

    /// What of each part goes into a score: all of it in the blend, one alone to tell what it adds.
    struct Weights {
        var vectors: Float = 1
        var counts = true
        var popularity: Float = 1
        var taste: Float = 1
        var content: Float = 1

        func applied(to blend: freshet_blend) -> freshet_blend {
            var blend = blend
            blend.match *= vectors
            blend.wanted *= popularity
            blend.age *= popularity
            if !counts { blend.sharpness = 0 }
            return blend
        }
    }

    /// What an act says of other items: its row of neighbours, times `part`.
    struct Share {
        var item: UInt32
        var part: Float
    }

    /// Rows of neighbours that are asked for ahead of their use.
    private static let rowsAhead = 2

    /// Items of the history that an event is paired with.
    static let partners = 15

    var neighbours: NeighbourTable
    var popularity = Popularity(halfLifeEvents: Constant.popularityHalfLifeEvents)
    var vectors: SequenceVectors
    /// (count + 5)^−0.4 of each item, so that scoring takes no power.
    private var damping = AlignedFloats()
    private let history: Int
    private let actions: ActionWeights
    private let rowGrowth = Float(Curves.exp2(1 / Constant.rowHalfLifeVisits))

    init(options: ModelOptions) {
        neighbours = NeighbourTable(entriesMax: options.neighbours)
        vectors = SequenceVectors(factors: options.factors, actions: options.actions)
        history = options.history
        actions = options.actions
    }

    mutating func addUser() {
        vectors.addUser()
    }

    /// Adds a row for an item of which nothing is known, not even a random vector.
    mutating func addItem(recorder: inout StateRecorder) {
        neighbours.addItem()
        popularity.addItem(recorder: &recorder)
        vectors.addItem()
        damping.append(Self.power(Constant.countOffset, Constant.countPower))
    }

    mutating func forget(user: UInt32) {
        vectors.forget(user: user)
    }

    /// Learns the newest of the user's acts, which stands last.
    mutating func learn(
        user: UInt32, acts: borrowing [UserProfile.Act], dice: inout Dice, recorder: inout StateRecorder
    ) {
        guard let newest = acts.last else { return }
        let weight = actions.target(newest)
        guard weight > 0 else { return }
        count(newest, weight: weight, after: acts, recorder: &recorder)
        popularity.note(newest.item, weight: weight, recorder: &recorder)
        let count = popularity.counts[Int(newest.item)]
        damping[Int(newest.item)] = Self.power(Double(count) + Constant.countOffset, Constant.countPower)
        vectors.learn(user: user, acts: acts, counts: popularity.counts, dice: &dice, recorder: &recorder)
    }

    /// Learns that the user did not want an item, by `weight` from 0 to 1; the user's acts may end with that one.
    mutating func discourage(
        _ item: UInt32, user: UInt32, acts: borrowing [UserProfile.Act], timestampMs: Int64, weight: Float,
        dice: inout Dice, recorder: inout StateRecorder
    ) {
        let end = acts.last?.item == item ? acts.count - 1 : acts.count
        vectors.discourage(
            item, user: user, acts: acts, end: end, timestampMs: timestampMs, weight: weight,
            counts: popularity.counts, dice: &dice, recorder: &recorder)
    }

    /// The score of every item for a user with these acts, by item row. Without acts: what is wanted now.
    func score(
        user: UInt32, acts: borrowing [UserProfile.Act], timestampMs: Int64, taste: SIMD8<Float>,
        traits: borrowing ItemTraits, weights: Weights = Weights(), on sheet: inout ScoreSheet
    ) {
        guard !acts.isEmpty else { return popularity.score(on: &sheet) }
        vectors.score(user: user, acts: acts, timestampMs: timestampMs, on: &sheet)
        sheet.evidence.reset(count: damping.count)
        share(acts, timestampMs: timestampMs, into: &sheet.shares)
        addEvidence(of: sheet.shares, to: sheet.evidence.start)
        LikingQuery.write(
            acts, taste: taste, traits: traits, counts: popularity.counts, weights: weights,
            into: &sheet.query)
        sheet.liking.reset(count: damping.count)
        traits.rows.scores(sheet.query.start, into: sheet.liking.start)
        let blend = weigh(&sheet.terms, weights: weights)
        finish(
            sheet.scores.start, evidence: sheet.evidence.start, liking: sheet.liking.start,
            rows: 0..<damping.count, terms: sheet.terms, blend)
    }

    /// Works out what of the scores is the same for everybody, as of now; the answer is how they are blended.
    func weigh(_ terms: inout ItemTerms, weights: Weights) -> freshet_blend {
        var blend = weights.applied(to: Constant.blend)
        blend.now = popularity.now
        blend.per_event = popularity.events > 0 ? 1 / Float(popularity.events) : 0
        terms.begin(items: damping.count)
        freshet_blend_items(
            popularity.inflated.start, popularity.firsts.start, damping.lanesCount, blend, terms.wants.start,
            terms.ages.start)
        return blend
    }

    /// Makes of the products of some items the whole scores, in place.
    ///
    /// - Parameters:
    ///   - scores: by item, from the first of `rows` on, which is a multiple of 16; the others likewise.
    func finish(
        _ scores: UnsafeMutablePointer<Float>, evidence: UnsafePointer<Float>, liking: UnsafePointer<Float>,
        rows: Range<Int>, terms: borrowing ItemTerms, _ blend: freshet_blend
    ) {
        let first = rows.lowerBound
        freshet_blend_scores(
            scores, vectors.biases.start + first, terms.wants.start + first, terms.ages.start + first,
            evidence, damping.start + first, liking, (rows.count + 15) / 16 * 16, blend)
    }

    /// S of every item before its damping, added to zeros.
    func addEvidence(of shares: borrowing [Share], to evidence: UnsafeMutablePointer<Float>) {
        // Rows lie apart, and to wait for them would take most of the time.
        for place in 0..<min(Self.rowsAhead, shares.count) { neighbours.expectWeights(shares[place].item) }
        for place in shares.indices {
            let ahead = place + Self.rowsAhead
            if ahead < shares.count { neighbours.expectWeights(shares[ahead].item) }
            neighbours.addEvidence(of: shares[place].item, scale: shares[place].part, to: evidence)
        }
    }

    /// The act whose counts speak most for an item; `nil` where none do.
    func because(_ item: UInt32, acts: borrowing [UserProfile.Act], timestampMs: Int64) -> UInt32? {
        var shares: [Share] = []
        share(acts, timestampMs: timestampMs, into: &shares)
        return because(item, of: shares, evidence: .infinity)
    }

    /// The same for acts whose parts are known.
    ///
    /// - Parameter evidence: what all acts together say, S before its damping.
    func because(_ item: UInt32, of shares: borrowing [Share], evidence: Float) -> UInt32? {
        var best: (item: UInt32, part: Float)?
        // What is left for the acts that were not yet asked, and a little more, for the rounding.
        var left = evidence * 1.001
        for place in shares.indices {
            guard left > (best?.part ?? 0) else { break }
            let share = shares[place]
            let part = share.part * neighbours.weight(from: share.item, towards: item)
            if part > (best?.part ?? 0) { best = (share.item, part) }
            left -= part
        }
        return best?.item
    }

    /// Pairs an act with those before it that were taken in, forwards and backwards.
    private mutating func count(
        _ newest: UserProfile.Act, weight: Float, after acts: borrowing [UserProfile.Act],
        recorder: inout StateRecorder
    ) {
        let first = max(0, acts.count - 1 - Self.partners)
        for place in first..<acts.count - 1 { neighbours.expect(acts[place].item) }
        var (forward, backward) = (weight, Constant.backward)
        for place in stride(from: acts.count - 2, through: first, by: -1) {
            let (item, target) = (acts[place].item, actions.target(acts[place]))
            guard target > 0 else { continue }
            neighbours.add(forward, from: item, towards: newest.item, recorder: &recorder)
            neighbours.add(backward * target, from: newest.item, towards: item, recorder: &recorder)
            forward *= Constant.forwardMemory
            backward *= Constant.backwardMemory
        }
        neighbours.visited(newest.item, growth: rowGrowth, recorder: &recorder)
    }

    /// The newest acts with their parts x_d, by the size of their rows, so that they multiply a row's weights.
    func share(_ acts: borrowing [UserProfile.Act], timestampMs: Int64, into shares: inout [Share]) {
        var (fast, slow): (Float, Float) = (1, Constant.slowShare)
        var sum: Float = 0
        shares.removeAll(keepingCapacity: true)
        for place in stride(from: acts.count - 1, through: max(0, acts.count - history), by: -1) {
            let act = acts[place]
            let weight = actions.history(act)
            guard weight > 0 else { continue }
            let gap = Double(max(0, timestampMs &- act.timestampMs)) / 1_000
            let sitting = Self.power(1 + gap / Constant.sittingSeconds, Constant.sittingPower)
            let part = (fast * sitting + slow) * weight
            shares.append(Share(item: act.item, part: part))
            sum += part
            fast *= Constant.historyMemory
            slow *= Constant.slowMemory
        }
        for index in shares.indices {
            let size = Double(neighbours.size(of: shares[index].item)) + Constant.rowOffset
            shares[index].part *= Self.power(size, Constant.rowPower) / sum
        }
    }

    private static func power(_ base: Double, _ exponent: Double) -> Float {
        Float(Curves.exp2(exponent * Curves.log2(base)))
    }
}

// MARK: - What a checkpoint keeps

extension RankingHead {
    func write(user row: UInt32, to bytes: inout [UInt8]) { vectors.write(user: row, to: &bytes) }

    func writeCore(to bytes: inout [UInt8]) {
        popularity.writeCore(to: &bytes)
        vectors.writeCore(to: &bytes)
    }

    /// Everything about an item, for when it leaves memory.
    func write(item row: UInt32, to bytes: inout [UInt8]) {
        vectors.write(item: row, to: &bytes)
        neighbours.write(row, to: &bytes)
        popularity.write(item: row, to: &bytes)
    }

    mutating func clear(item row: UInt32, recorder: inout StateRecorder) {
        vectors.clear(item: row, recorder: &recorder)
        neighbours.clear(row, recorder: &recorder)
        popularity.clear(row, recorder: &recorder)
        damping[Int(row)] = Self.power(Constant.countOffset, Constant.countPower)
    }

    /// Takes back what `write` wrote, into a row that is there.
    mutating func readItem(_ row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        try vectors.readItem(row, from: &bytes)
        try neighbours.readRow(row, from: &bytes)
        try popularity.readItem(row, from: &bytes)
        let count = Double(popularity.counts[Int(row)])
        damping[Int(row)] = Self.power(count + Constant.countOffset, Constant.countPower)
    }

    mutating func readUser(_ row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        try vectors.readUser(row, from: &bytes)
    }

    mutating func readCore(from bytes: inout StateBytes) throws(StateDamage) {
        try popularity.readCore(from: &bytes)
        try vectors.readCore(from: &bytes)
    }

    mutating func readRow(
        _ table: StateTable, _ row: UInt32, from bytes: inout StateBytes
    ) throws(StateDamage) {
        switch table {
        case .neighbours: try neighbours.readRow(row, from: &bytes)
        case .itemVectors: try vectors.readItem(row, from: &bytes)
        default: try popularity.readBlock(from: &bytes)
        }
    }

    /// What is derived from what was read; whether the tables fit together.
    mutating func finishReading(users: Int, items: Int) -> Bool {
        damping = AlignedFloats(capacity: items)
        for count in popularity.counts {
            damping.append(Self.power(Double(count) + Constant.countOffset, Constant.countPower))
        }
        return neighbours.finishReading(items: items)
            && popularity.counts.count == items
            && vectors.finishReading(users: users, items: items)
    }
}
