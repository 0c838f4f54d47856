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

    /// A hundred users and as many items as ml-latest-small has, whose vectors fit the second cache.
    static let softmaxStep = BenchCase(
        name: "softmax_step", unit: "ns",
        purpose: "One step of the sampled softmax: 20 rows of context, 17 told apart, 64 factors"
    ) { (_) throws(CommandFailure) in
        let lessons = 20_000
        let trial = SoftmaxTrial()
        return { () throws(CommandFailure) in
            let lap = Lap()
            trial.learn(lessons)
            return lap.each(of: lessons * SequenceTrial.stepsEach)
        }
    }
}

/// A closure can keep a class, but no trial.
private final class SoftmaxTrial {
    private var trial = SequenceTrial(users: 100, items: 9_742, options: ModelOptions())

    func learn(_ lessons: Int) {
        for _ in 0..<lessons { trial.learn() }
    }
}
