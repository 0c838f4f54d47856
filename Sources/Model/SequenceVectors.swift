import CKernels
import State

/// Vectors of what follows what: a user is a long-term vector plus the fading sum of the vectors of the newest items,
/// and the item that comes next is told from others that were drawn, by a sampled softmax.
///
///     q = U + Σ_d c_d V[h_d]        z_k = q·V_k + β_k        p = softmax(z)        over the target and 16 drawn items
///     e_k = (1[k is the target] − p_k)·w;   V_k += η_k e_k q,   β_k += 0.05 e_k,   U += 0.072 g,   V[h_d] += 0.018 c_d g
///
/// with g = Σ e_k V_k of the old values, c_d = (0.7^d·(1 + gap_d / 87 s)^−0.6 + 0.1·0.97^d) by the liking of the act, gap_d
/// the event time from act d on, and w the weight of the target. Items are drawn from the newest 20,000 events, so as
/// often as they are wanted. Each event is one lesson and two replays at places of the user's own history.
///
/// Sources: Bengio & Senécal, IEEE TNN 19(4), 2008, doi:10.1109/TNN.2007.912312 (sampled softmax); Rendle,
/// Freudenthaler & Schmidt-Thieme, WWW 2010, doi:10.1145/1772690.1772773 (recency as a factor model).
struct SequenceVectors: ~Copyable {
    private enum Constant {
        static let context = 20
        /// Acts among which those of the context are looked for: what was disliked or skipped is passed over.
        static let lookBack = 100
        static let fastMemory: Float = 0.7
        static let slowMemory: Float = 0.97
        static let gapSeconds = 87.0
        static let gapPower = -0.6
        static let slowShare: Float = 0.1
        static let drawn = 16
        static let replays = 2
        /// Newest acts from which replays are drawn.
        static let history = 100
        static let ring = 20_000
        static let reach: Float = 0.07
        static let step: Float = 0.018
        static let userStep: Float = 0.072
        static let biasStep: Float = 0.05
        /// A new item steps faster, up to this: larger steps diverge.
        static let stepMax: Float = 0.12
    }

    let factors: Int
    private(set) var users: FactorTable
    private(set) var items: FactorTable
    private(set) var biases = AlignedFloats()
    /// The newest items of the stream, oldest overwritten first.
    private var ring: [UInt32] = []
    private var ringNext = 0
    /// Steps that would have let something enormous in.
    private(set) var stepsRefused: UInt64 = 0
    /// By distance: what fades with time as well, and what does not.
    private let contextWeights: [(fast: Float, slow: Float)]
    private let fading = GapFading(reachSeconds: Constant.gapSeconds, power: Constant.gapPower)
    private let actions: ActionWeights
    /// Room for one lesson.
    private var query: AlignedFloats
    private var gradient: AlignedFloats
    private let context = RowGroup()
    private let drawn = RowGroup()

    init(factors: Int, actions: ActionWeights) {
        self.factors = factors
        self.actions = actions
        users = FactorTable(factors: factors)
        items = FactorTable(factors: factors)
        query = AlignedFloats(capacity: users.stride)
        gradient = AlignedFloats(capacity: users.stride)
        var (fast, slow): (Float, Float) = (1, Constant.slowShare)
        contextWeights = (0..<Constant.context).map { _ in
            defer { (fast, slow) = (fast * Constant.fastMemory, slow * Constant.slowMemory) }
            return (fast, slow)
        }
    }

    mutating func addUser() {
        users.addZeros()
    }

    mutating func addItem() {
        items.addZeros()
        biases.append(0)
    }

    mutating func fill(item row: UInt32, dice: inout Dice) {
        items.fill(row, factors: factors, reach: Constant.reach, dice: &dice)
    }

    mutating func forget(user: UInt32) {
        users[user].update(repeating: 0, count: users.stride)
    }

    /// Learns the newest of the user's acts, which stands last, and replays two of them.
    mutating func learn(
        user: UInt32, acts: borrowing [UserProfile.Act], counts: borrowing [UInt32], dice: inout Dice,
        recorder: inout StateRecorder
    ) {
        let newest = acts.count - 1
        lesson(user: user, acts: acts, place: newest, counts: counts, dice: &dice, recorder: &recorder)
        if newest > 0 {
            for _ in 0..<Constant.replays {
                let kept = min(acts.count, Constant.history)
                let place = acts.count - kept + dice.below(kept)
                lesson(user: user, acts: acts, place: place, counts: counts, dice: &dice, recorder: &recorder)
            }
        }
        remember(acts[newest].item)
    }

    /// Learns that an item was not wanted by a user with these acts; `weight` is from 0 to 1.
    ///
    /// A step towards ln(1 − p) instead of ln p: e = −p for the item, and p·p_k / (1 − p) for those that were drawn.
    /// An item that nobody expected here teaches next to nothing.
    mutating func discourage(
        _ item: UInt32, user: UInt32, acts: borrowing [UserProfile.Act], end: Int, timestampMs: Int64,
        weight: Float, counts: borrowing [UInt32], dice: inout Dice, recorder: inout StateRecorder
    ) {
        guard weight > 0,
            compare(
                item, user: user, acts: acts, end: end, timestampMs: timestampMs, dice: &dice),
            drawn.count > 1
        else { return }
        let share = drawn.weights[0]
        let others = weight * share / max(1e-3, 1 - share)
        drawn.weights[0] = -weight * share
        // Swift 6.3.1 with ThreadSanitizer cannot compile `*=` through a pointer that is a member of a member here.
        let weights = drawn.weights
        for index in 1..<drawn.count { weights[index] *= others }
        step(user: user, counts: counts, recorder: &recorder)
    }

    /// q·V of every item for a user with these acts, by item row.
    func score(
        user: UInt32, acts: borrowing [UserProfile.Act], timestampMs: Int64, on sheet: inout ScoreSheet
    ) {
        sheet.query.reset(count: users.stride)
        look(
            user: user, acts: acts, timestampMs: timestampMs, context: sheet.context,
            into: sheet.query.start)
        sheet.scores.reset(count: items.count)
        items.scores(sheet.query.start, into: sheet.scores.start)
    }

    /// The act whose vector speaks most for an item; `nil` where none does.
    func because(_ item: UInt32, acts: borrowing [UserProfile.Act]) -> UInt32? {
        guard let newest = acts.last else { return nil }
        var best: (item: UInt32, part: Float)?
        for distance in 0..<min(Constant.context, acts.count) {
            let act = acts[acts.count - 1 - distance]
            let part = weight(of: act, distance: distance, newest.timestampMs) * dot(act.item, item)
            if part > (best?.part ?? 0) { best = (act.item, part) }
        }
        return best?.item
    }

    func dot(_ one: UInt32, _ other: UInt32) -> Float { freshet_dot(items[one], items[other], items.stride) }

    /// The length of an item's vector.
    func norm(of item: UInt32) -> Float { dot(item, item).squareRoot() }

    /// Adds the user as of after all these acts, at a moment, to a query of zeros; what it is made of is left in `context`.
    func look(
        user: UInt32, acts: borrowing [UserProfile.Act], timestampMs: Int64, context: borrowing RowGroup,
        into query: UnsafeMutablePointer<Float>
    ) {
        look(
            user: user, acts: acts, end: acts.count, timestampMs: timestampMs, context: context, into: query)
    }

    /// The same as of before the act at `end`.
    private func look(
        user: UInt32, acts: borrowing [UserProfile.Act], end: Int, timestampMs: Int64,
        context: borrowing RowGroup, into query: UnsafeMutablePointer<Float>
    ) {
        context.removeAll()
        var (distance, place) = (0, end)
        while place > max(0, end - Constant.lookBack), distance < Constant.context {
            place -= 1
            let weight = weight(of: acts[place], distance: distance, timestampMs)
            guard weight > 0 else { continue }
            context.append(acts[place].item, row: items[acts[place].item], weight: weight)
            distance += 1
        }
        freshet_add_scaled(query, users[user], 1, users.stride)
        freshet_gather(query, context.rows, context.weights, context.count, items.stride)
    }

    /// c_d.
    private func weight(of act: UserProfile.Act, distance: Int, _ timestampMs: Int64) -> Float {
        let (fast, slow) = contextWeights[distance]
        return (fast * fading[timestampMs &- act.timestampMs] + slow) * actions.history(act)
    }

    /// One step of the softmax: the act at `place`, seen from the acts before it.
    private mutating func lesson(
        user: UInt32, acts: borrowing [UserProfile.Act], place: Int, counts: borrowing [UInt32],
        dice: inout Dice, recorder: inout StateRecorder
    ) {
        let weight = actions.target(acts[place])
        guard weight > 0,
            compare(
                acts[place].item, user: user, acts: acts, end: place, timestampMs: acts[place].timestampMs,
                dice: &dice)
        else { return }
        for index in 0..<drawn.count {
            drawn.weights[index] = ((index == 0 ? 1 : 0) - drawn.weights[index]) * weight
        }
        step(user: user, counts: counts, recorder: &recorder)
    }

    /// Draws others to compare an item with; puts the softmax of all, seen from the acts before `end`, into the
    /// weights of `drawn`. `false` if it is not finite.
    private mutating func compare(
        _ target: UInt32, user: UInt32, acts: borrowing [UserProfile.Act], end: Int, timestampMs: Int64,
        dice: inout Dice
    ) -> Bool {
        query.reset(count: users.stride)
        look(
            user: user, acts: acts, end: end, timestampMs: timestampMs, context: context, into: query.start)
        drawn.removeAll()
        drawn.append(target, row: items[target], weight: biases[Int(target)])
        if !ring.isEmpty {
            for _ in 0..<Constant.drawn {
                let item = ring[dice.below(ring.count)]
                if item != target { drawn.append(item, row: items[item], weight: biases[Int(item)]) }
            }
        }
        let isFinite = freshet_soften(
            query.start, drawn.rows, drawn.count, items.stride, drawn.weights)
        if isFinite == 0 { stepsRefused += 1 }
        return isFinite != 0
    }

    /// Moves everything that took part by the misses e_k, which stand in the weights of `drawn`.
    private mutating func step(
        user: UInt32, counts: borrowing [UInt32], recorder: inout StateRecorder
    ) {
        gradient.reset(count: items.stride)
        for index in 0..<drawn.count {
            let (item, miss) = (drawn.items[index], drawn.weights[index])
            keep(item, &recorder)
            let newness = 1 + 3 / (1 + Float(counts[Int(item)]) / 3)
            let step = min(Constant.stepMax, Constant.step * newness)
            freshet_pull(
                items[item], query.start, gradient.start, miss, step * miss, items.stride)
            biases[Int(item)] += Constant.biasStep * miss
        }
        freshet_add_scaled(users[user], gradient.start, Constant.userStep, users.stride)
        for index in 0..<context.count { keep(context.items[index], &recorder) }
        freshet_scatter(
            context.rows, context.weights, Constant.step, gradient.start, context.count, items.stride)
    }

    private mutating func remember(_ item: UInt32) {
        guard ring.count == Constant.ring else { return ring.append(item) }
        ring[ringNext] = item
        ringNext = (ringNext + 1) % Constant.ring
    }
}

// MARK: - What a checkpoint keeps

extension SequenceVectors {
    private func keep(_ item: UInt32, _ recorder: inout StateRecorder) {
        recorder.willChange(.itemVectors, item) { write(item: item, to: &$0) }
    }

    func write(item row: UInt32, to bytes: inout [UInt8]) {
        bytes.put(biases[Int(row)])
        bytes.put(items[row], count: factors)
    }

    func write(user row: UInt32, to bytes: inout [UInt8]) {
        bytes.put(users[row], count: factors)
    }

    /// An item leaves memory: it is not drawn any more.
    mutating func clear(item row: UInt32, recorder: inout StateRecorder) {
        keep(row, &recorder)
        items[row].update(repeating: 0, count: items.stride)
        biases[Int(row)] = 0
        guard ring.contains(row) else { return }
        ring = (ring[ringNext...] + ring[..<ringNext]).filter { $0 != row }
        ringNext = 0
    }

    func writeCore(to bytes: inout [UInt8]) {
        bytes.put(UInt32(ringNext))
        bytes.put(stepsRefused)
        bytes.put(ring)
    }

    mutating func readItem(_ row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        guard row <= items.count else { throw .unexpected }
        if row == items.count { addItem() }
        biases[Int(row)] = try bytes.take()
        try bytes.take(into: items[row], count: factors)
    }

    /// A user's row: the next one, or one that is free.
    mutating func readUser(_ row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        users.addZeros(upTo: row)
        try bytes.take(into: users[row], count: factors)
    }

    mutating func readCore(from bytes: inout StateBytes) throws(StateDamage) {
        ringNext = Int(try bytes.take(UInt32.self))
        stepsRefused = try bytes.take()
        ring = try bytes.takeList()
        guard ring.count <= Constant.ring, ringNext < Constant.ring else { throw .unexpected }
    }

    /// Whether the tables fit together.
    func finishReading(users userCount: Int, items itemCount: Int) -> Bool {
        users.count == userCount && items.count == itemCount && ring.allSatisfy { $0 < itemCount }
    }
}
