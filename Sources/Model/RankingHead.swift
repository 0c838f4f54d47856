import CKernels
import State

/// Scores items for a user by what followed what: recency and direction carry most of the signal of a history.
///
///     s(u, i) = (n_i + 5)^-0.4 · Σ_d h_d · C[j_d → i] / √(total(j_d) + 1)  +  0.0003 · popularity(i)
///
/// j_0, j_1 … are the user's newest items, h_d falls by 0.8 a step and sums to one. C is counted as events come:
/// an item that follows another adds to it, forwards more than backwards, and each row halves in 80 visits of its
/// item. Source of the idea: Deshpande & Karypis, ACM TOIS 22(1), 2004, doi:10.1145/963770.963776 (item-based
/// top-N with normalised rows).
struct RankingHead {
    private enum Constant {
        /// Items of the history that an event is paired with.
        static let pairs = 15
        static let forwardMemory: Float = 0.95
        static let backwardMemory: Float = 0.8
        static let backward: Float = 0.6
        static let historyMemory: Float = 0.8
        /// A rating below the positive ones still says that the item was chosen.
        static let lowTarget: Float = 0.5
        static let lowHistory: Float = 0.7
        static let rowHalfLifeVisits = 80.0
        static let popularityHalfLifeEvents = 3_000.0
        static let popularityWeight: Float = 0.0003
        static let popularityPower = -0.4
    }

    var neighbours: NeighbourTable
    var popularity = Popularity(halfLifeEvents: Constant.popularityHalfLifeEvents)
    /// (count + 5)^-0.4, so that scoring takes no power.
    private var damping: [Float] = []
    private let history: Int
    private let rowGrowth = Float(Curves.exp2(1 / Constant.rowHalfLifeVisits))

    init(options: ModelOptions) {
        neighbours = NeighbourTable(entriesMax: options.neighbours)
        history = options.history
    }

    mutating func addItem(recorder: inout StateRecorder) {
        neighbours.addItem()
        popularity.addItem(recorder: &recorder)
        damping.append(Self.damping(count: 0))
    }

    /// Learns that `item` came after `before`, the user's acts until now, oldest first.
    mutating func learn(
        item: UInt32, isPositive: Bool, before: [UserProfile.Act], recorder: inout StateRecorder
    ) {
        let weight = isPositive ? 1 : Constant.lowTarget
        var (forward, backward) = (weight, Constant.backward)
        for act in before.reversed().prefix(Constant.pairs) where act.item != item {
            neighbours.add(forward, from: act.item, towards: item, recorder: &recorder)
            neighbours.add(
                backward * (act.isPositive ? 1 : Constant.lowTarget), from: item, towards: act.item,
                recorder: &recorder)
            forward *= Constant.forwardMemory
            backward *= Constant.backwardMemory
        }
        neighbours.visited(item, growth: rowGrowth, recorder: &recorder)
        popularity.note(item, weight: weight, recorder: &recorder)
        damping[Int(item)] = Self.damping(count: popularity.counts[Int(item)])
    }

    /// What is derived from what was read.
    mutating func finishReading() {
        damping = popularity.counts.map(Self.damping(count:))
    }

    /// The score of every item for a user with these acts, into `scores`, by item row.
    func score(_ acts: [UserProfile.Act], into scores: inout [Float]) {
        popularity.scores(factor: acts.isEmpty ? 1 : Constant.popularityWeight, into: &scores)
        for (act, share) in shares(acts) {
            let row = neighbours[act.item]
            let scale = share * Self.rowScale(row)
            for place in row.items.indices {
                let item = Int(row.items[place])
                scores[item] += damping[item] * scale * row.weights[place]
            }
        }
    }

    /// The act that speaks most for an item; `nil` where none does.
    func because(_ item: UInt32, acts: [UserProfile.Act]) -> UInt32? {
        var best: (item: UInt32, part: Float)?
        for (act, share) in shares(acts) {
            let row = neighbours[act.item]
            let part = share * Self.rowScale(row) * row.weight(towards: item) * row.inflation
            if part > (best?.part ?? 0) { best = (act.item, part) }
        }
        return best?.item
    }

    /// The newest acts with their shares h_d, which sum to one.
    private func shares(_ acts: [UserProfile.Act]) -> [(act: UserProfile.Act, share: Float)] {
        var weight: Float = 1
        var sum: Float = 0
        var shares: [(act: UserProfile.Act, share: Float)] = []
        for act in acts.reversed().prefix(history) {
            let share = weight * (act.isPositive ? 1 : Constant.lowHistory)
            shares.append((act, share))
            sum += share
            weight *= Constant.historyMemory
        }
        return shares.map { ($0.act, $0.share / sum) }
    }

    /// Takes the inflation out of a row's weights, and the row's own size.
    private static func rowScale(_ row: NeighbourTable.Row) -> Float {
        1 / (row.inflation * (row.total / row.inflation + 1).squareRoot())
    }

    private static func damping(count: UInt32) -> Float {
        Float(Curves.exp2(Constant.popularityPower * Curves.log2(Double(count) + 5)))
    }
}
