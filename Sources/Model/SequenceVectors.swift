import CKernels
import State

/// Vectors of what follows what: a user is a long-term vector plus the fading sum of the vectors of the newest items,
/// and the item that comes next is told from others that were drawn, by a sampled softmax.
///
///     q = U + Σ_d c_d V[h_d]        z_k = q·V_k + β_k        p = softmax(z)        over the target and 16 drawn items
///     e_k = (1[k is the target] − p_k)·w;   V_k += η_k e_k q,   β_k += 0.05 e_k,   U += 0.072 g,   V[h_d] += 0.018 c_d g
///
/// with g = Σ e_k V_k of the old values, c_d = (0.7^d + 0.1·0.97^d) by the liking of the act, and w the weight of the
/// target. Items are drawn from the newest 20,000 events, so as often as they are wanted. Each event is one lesson
/// and two replays at places of the user's own history.
///
/// Sources: Bengio & Senécal, IEEE TNN 19(4), 2008, doi:10.1109/TNN.2007.912312 (sampled softmax); Rendle,
/// Freudenthaler & Schmidt-Thieme, WWW 2010, doi:10.1145/1772690.1772773 (recency as a factor model).
struct SequenceVectors: ~Copyable {
    private enum Constant {
        static let context = 20
        static let fastMemory: Float = 0.7
        static let slowMemory: Float = 0.97
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
    private let contextWeights: [Float]
    private var query: AlignedFloats
    private var gradient: AlignedFloats
    private var drawn: [UInt32] = []
    private var shares: [Float] = []

    init(factors: Int) {
        self.factors = factors
        users = FactorTable(factors: factors)
        items = FactorTable(factors: factors)
        query = AlignedFloats(capacity: users.stride)
        gradient = AlignedFloats(capacity: users.stride)
        var (fast, slow): (Float, Float) = (1, Constant.slowShare)
        contextWeights = (0..<Constant.context).map { _ in
            defer { (fast, slow) = (fast * Constant.fastMemory, slow * Constant.slowMemory) }
            return fast + slow
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
        guard let newest = acts.last, newest.targetWeight > 0 else { return }
        lesson(
            user: user, acts: acts, place: acts.count - 1, counts: counts, dice: &dice, recorder: &recorder)
        if acts.count > 1 {
            for _ in 0..<Constant.replays {
                let kept = min(acts.count, Constant.history)
                let place = acts.count - kept + dice.below(kept)
                lesson(user: user, acts: acts, place: place, counts: counts, dice: &dice, recorder: &recorder)
            }
        }
        remember(newest.item)
    }

    /// q·V of every item for a user with these acts, by item row.
    func score(user: UInt32, acts: borrowing [UserProfile.Act], on sheet: inout ScoreSheet) {
        sheet.query.reset(count: users.stride)
        look(user: user, acts: acts, into: sheet.query.start)
        sheet.scores.reset(count: items.count)
        items.scores(sheet.query.start, into: sheet.scores.start)
    }

    /// The act whose vector speaks most for an item; `nil` where none does.
    func because(_ item: UInt32, acts: borrowing [UserProfile.Act]) -> UInt32? {
        var best: (item: UInt32, part: Float)?
        for distance in 0..<min(Constant.context, acts.count) {
            let act = acts[acts.count - 1 - distance]
            let part = contextWeights[distance] * act.historyWeight * dot(act.item, item)
            if part > (best?.part ?? 0) { best = (act.item, part) }
        }
        return best?.item
    }

    func dot(_ one: UInt32, _ other: UInt32) -> Float { freshet_dot(items[one], items[other], items.stride) }

    /// The length of an item's vector.
    func norm(of item: UInt32) -> Float { dot(item, item).squareRoot() }

    /// Adds the user as of after all these acts to a query of zeros.
    func look(
        user: UInt32, acts: borrowing [UserProfile.Act], into query: UnsafeMutablePointer<Float>
    ) {
        look(user: user, acts: acts, end: acts.count, into: query)
    }

    /// Adds the user as of before the act at `end` to a query of zeros.
    private func look(
        user: UInt32, acts: borrowing [UserProfile.Act], end: Int, into query: UnsafeMutablePointer<Float>
    ) {
        freshet_add_scaled(query, users[user], 1, users.stride)
        for distance in 0..<min(Constant.context, end) {
            let act = acts[end - 1 - distance]
            let weight = contextWeights[distance] * act.historyWeight
            if weight > 0 { freshet_add_scaled(query, items[act.item], weight, items.stride) }
        }
    }

    /// One step of the softmax: the act at `place`, seen from the acts before it.
    private mutating func lesson(
        user: UInt32, acts: borrowing [UserProfile.Act], place: Int, counts: borrowing [UInt32],
        dice: inout Dice,
        recorder: inout StateRecorder
    ) {
        let target = acts[place]
        guard target.targetWeight > 0 else { return }
        query.reset(count: users.stride)
        look(user: user, acts: acts, end: place, into: query.start)
        draw(target.item, &dice)
        guard soften() else {
            stepsRefused += 1
            return
        }
        gradient.reset(count: items.stride)
        for (index, item) in drawn.enumerated() {
            let miss = ((index == 0 ? 1 : 0) - shares[index]) * target.targetWeight
            keep(item, &recorder)
            freshet_add_scaled(gradient.start, items[item], miss, items.stride)
            let newness = 1 + 3 / (1 + Float(counts[Int(item)]) / 3)
            let step = min(Constant.stepMax, Constant.step * newness)
            freshet_add_scaled(items[item], query.start, step * miss, items.stride)
            biases[Int(item)] += Constant.biasStep * miss
        }
        freshet_add_scaled(users[user], gradient.start, Constant.userStep, users.stride)
        for distance in 0..<min(Constant.context, place) {
            let act = acts[place - 1 - distance]
            let weight = Constant.step * contextWeights[distance] * act.historyWeight
            guard weight > 0 else { continue }
            keep(act.item, &recorder)
            freshet_add_scaled(items[act.item], gradient.start, weight, items.stride)
        }
    }

    /// The target, and what was drawn against it.
    private mutating func draw(_ target: UInt32, _ dice: inout Dice) {
        drawn.removeAll(keepingCapacity: true)
        drawn.append(target)
        guard !ring.isEmpty else { return }
        for _ in 0..<Constant.drawn {
            let item = ring[dice.below(ring.count)]
            if item != target { drawn.append(item) }
        }
    }

    /// The softmax of what was drawn, into `shares`; `false` if it is not finite.
    private mutating func soften() -> Bool {
        shares.removeAll(keepingCapacity: true)
        var highest = -Float.infinity
        for item in drawn {
            let score = freshet_dot(query.start, items[item], items.stride) + biases[Int(item)]
            shares.append(score)
            highest = max(highest, score)
        }
        guard highest.isFinite, abs(highest) < 1e4 else { return false }
        var sum: Float = 0
        for index in shares.indices {
            shares[index] = Float(Curves.exp2(Double(shares[index] - highest) * 1.442_695_040_888_963_4))
            sum += shares[index]
        }
        for index in shares.indices { shares[index] /= sum }
        return true
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
