import State

/// How the rating head learns all ratings again, once they are all there.
extension RatingHead {
    /// Ratings on their way through the epochs, from what the rows say now. Rows stay as they are until `adopt`.
    func batch(_ ratings: BatchRatings, options: BatchOptions, parallel: Parallel) -> BatchFit {
        let fit = BatchFit(ratings, options: options, scale: BatchScale(scale), parallel: parallel)
        for (row, user) in users.enumerated() {
            fit.users.bias(of: UInt32(row))?.pointee = user.bias
            fit.users.factors(of: UInt32(row))?.update(
                from: userFactors[UInt32(row)], count: userFactors.stride)
        }
        for (row, item) in items.enumerated() {
            fit.items.bias(of: UInt32(row))?.pointee = item.bias
            fit.items.factors(of: UInt32(row))?.update(
                from: itemFactors[UInt32(row)], count: itemFactors.stride)
        }
        fit.fixPopularity()
        return fit
    }

    /// Takes over the factors and biases that the epochs came to. A row with anything that is not finite is left as it
    /// was, and counted as a step that was refused.
    mutating func adopt(_ fit: borrowing BatchFit, recorder: inout StateRecorder) {
        for row in users.indices.map({ UInt32($0) }) {
            guard let (bias, factors) = learned(row, of: fit.users) else { continue }
            keepFactors(ofUser: row, &recorder)
            users[Int(row)].bias = bias
            userFactors[row].update(from: factors, count: userFactors.stride)
        }
        for row in items.indices.map({ UInt32($0) }) {
            guard let (bias, factors) = learned(row, of: fit.items) else { continue }
            recorder.willChange(.itemFactors, row) { write(item: row, to: &$0) }
            items[Int(row)].bias = bias
            traits[features: row] = items[Int(row)].features(latent: traits[features: row])
            itemFactors[row].update(from: factors, count: itemFactors.stride)
        }
    }

    private mutating func learned(
        _ row: UInt32, of side: borrowing BatchSide
    ) -> (bias: Float, factors: UnsafeMutablePointer<Float>)? {
        guard let bias = side.bias(of: row)?.pointee, let factors = side.factors(of: row) else { return nil }
        guard bias.isFinite, (0..<side.stride).allSatisfy({ factors[$0].isFinite }) else {
            stepsRefused += 1
            return nil
        }
        return (bias, factors)
    }
}
