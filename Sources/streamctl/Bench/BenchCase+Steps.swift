import Model

extension BenchCase {
    /// Sixteen users and sixteen items take turns, so that their rows stay in the nearest cache.
    static let sgdStep = BenchCase(
        name: "sgd_step", unit: "ns",
        purpose: "One step of gradient descent on a user and an item, 64 factors, rows in cache"
    ) { (_) throws(CommandFailure) in
        let rows = 16
        let steps = 4_000_000
        let factors = BenchFactors(users: rows, items: rows)
        return { () throws(CommandFailure) in
            // Rows never move; the closure keeps their tables.
            let (users, items) = factors.rows
            let stride = factors.users.stride
            var refused = 0
            let lap = Lap()
            for step in 0..<steps {
                let isTaken = GradientStep.take(
                    users[step % rows], items[step &* 7 % rows], stride: stride, towards: 0.3, missMax: 1e3,
                    decay: 0.04, userStep: 0.02, itemStep: 0.03)
                if !isTaken { refused += 1 }
            }
            let run = lap.each(of: steps)
            guard refused == 0 else { throw CommandFailure(.failed, "\(refused) steps were refused") }
            return run
        }
    }
}
