import Evaluation

extension Reading<Split> {
    /// `temporal=0.8`, `random=0.8,seed=42`, `per-user=0.8` or `leave-last-out`.
    static let split = Self(
        expects: "temporal=0.8, random=0.8,seed=42, per-user=0.8 or leave-last-out"
    ) { text in
        if text == "leave-last-out" { return .leaveLastOut }
        var words = text.split(separator: ",", omittingEmptySubsequences: false)[...]
        guard let first = words.popFirst() else { return nil }
        let halves = first.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let share = Decimal(halves[1])?.number, share > 0, share < 1 else {
            return nil
        }
        switch halves[0] {
        case "temporal": return words.isEmpty ? .temporal(share) : nil
        case "per-user": return words.isEmpty ? .perUser(share) : nil
        case "random":
            guard let word = words.popFirst() else { return .drawn(share, seed: 42) }
            guard words.isEmpty, word.hasPrefix("seed="), let seed = UInt64(word.dropFirst(5)) else {
                return nil
            }
            return .drawn(share, seed: seed)
        default: return nil
        }
    }
}

extension Split {
    /// As it is written on the command line.
    var text: String {
        switch self {
        case .temporal(let share): "temporal=\(share)"
        case .drawn(let share, let seed): "random=\(share),seed=\(seed)"
        case .perUser(let share): "per-user=\(share)"
        case .leaveLastOut: "leave-last-out"
        }
    }
}
