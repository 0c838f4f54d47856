import CKernels

/// Learns ratings in several epochs, for when all of them are there: biased matrix factorisation by stochastic
/// gradient descent, in standard units.
///
///     ŷ = b_u + b_i + p·q       d = y − ŷ      b ← b + η_b (d − .01 b)
///     p ← p(1 − η λ_u) + η d q     q ← q(1 − η λ_i) + η d p     both from the old p and q
///     λ = .055 (1 + 3 / √n) by the row's number of ratings; η from .07 to .01, each epoch by the same factor
///
/// The first factor of an item is fixed to how popular it is, ¼·(ln(1 + n) − its mean over the ratings), so that the
/// first factor of a user becomes a taste for the popular. Sources: Koren, Bell & Volinsky, IEEE Computer 42(8),
/// 2009, doi:10.1109/MC.2009.263; the decay by counts: Zhou, Wilkinson, Schreiber & Pan, AAIM 2008,
/// doi:10.1007/978-3-540-68880-8_32.
///
/// The same ratings in the same order, the same options: the same bits, on every machine and with any number of
/// threads (`BatchGrid`).
///
/// Memory: 24 bytes a rating, and 4 × factors + 24 a row.
package struct BatchFit: ~Copyable {
    private enum Constant {
        static let firstStep = 0.07
        static let lastStep = 0.01
        /// Of the biases, relative to the factors' step.
        static let biasStep: Float = 0.2857
        static let biasDecay: Float = 0.01
        static let reach: Float = 0.01
        static let popularity = 0.25
        static let missMax: Float = 1e3
    }

    /// How one epoch went.
    package struct Epoch: Equatable, Sendable {
        /// Root mean squared error over what was learned, each rating predicted before its own step, in standard
        /// units.
        package var missed: Double
        /// Ratings whose step was refused, because it would have let in something enormous.
        package var refused: UInt64
    }

    package let options: BatchOptions
    package let scale: BatchScale
    /// Epochs so far.
    package private(set) var epochs = 0
    let users: BatchSide
    let items: BatchSide
    private let grid: BatchGrid
    private var dice: Dice

    /// Begins with nothing known.
    package init(_ ratings: BatchRatings, options: BatchOptions, parallel: Parallel = serially) {
        self.init(
            ratings, options: options, scale: BatchScale(ratings.ratings), parallel: parallel)
        for row in 0..<UInt32(users.places.count) { fill(users.factors(of: row)) }
        for row in 0..<UInt32(items.places.count) { fill(items.factors(of: row)) }
        fixPopularity()
    }

    /// Begins with zeros, for the caller to fill in what is known; then `fixPopularity`.
    init(
        _ ratings: BatchRatings, options: BatchOptions, scale: BatchScale, parallel: Parallel
    ) {
        (self.options, self.scale) = (options, scale)
        var dice = Dice(seed: options.seed)
        let (ofUsers, ofItems) = (Self.counts(ratings.users), Self.counts(ratings.items))
        let stride = (options.factors + 15) / 16 * 16
        let rows = ofUsers.count { $0 > 0 } + ofItems.count { $0 > 0 }
        let parts = BatchGrid.parts(ratings: ratings.count, rowBytes: rows * stride * 4)
        users = BatchSide(
            counts: ofUsers, ratings: ratings.count, parts: parts, stride: stride, dice: &dice)
        items = BatchSide(
            counts: ofItems, ratings: ratings.count, parts: parts, stride: stride, dice: &dice)
        grid = BatchGrid(
            ratings, users: users, items: items, parts: parts, scale: scale, seed: dice.next(),
            parallel: parallel)
        self.dice = dice
    }

    /// The rating expected, within the ends of the scale; the mean where nothing is known of either.
    package func predict(user: UInt32, item: UInt32) -> Float {
        let (p, q) = (users.factors(of: user), items.factors(of: item))
        var sum = (users.bias(of: user)?.pointee ?? 0) + (items.bias(of: item)?.pointee ?? 0)
        if let p, let q { sum += freshet_dot(p, q, users.stride) }
        return scale.rating(sum)
    }

    /// Root mean squared error over other ratings, in units of the rating; `nil` where there are none.
    package func rmse(over ratings: BatchRatings) -> Double? {
        guard ratings.count > 0 else { return nil }
        var squares = 0.0
        for place in 0..<ratings.count {
            let expected = predict(user: ratings.users[place], item: ratings.items[place])
            let miss = Double(ratings.ratings[place] - expected)
            squares += miss * miss
        }
        return (squares / Double(ratings.count)).squareRoot()
    }

    /// Learns every rating once more.
    @discardableResult
    package mutating func epoch(_ parallel: Parallel = serially) -> Epoch {
        let step = Self.step(epoch: epochs, of: options.epochs)
        let rates = freshet_fit_rates(
            step: step, bias_step: Constant.biasStep * step, bias_decay: Constant.biasDecay,
            miss_max: Constant.missMax)
        epochs += 1
        let (grid, stride) = (grid, users.stride)
        let parts = grid.parts
        let offset = dice.below(parts)
        var sums = [freshet_fit_sums](repeating: .init(), count: parts * parts)
        let rows = Apart((users.factors, items.factors, users.biases, items.biases))
        grid.samples.withUnsafeBufferPointer { samples in
            sums.withUnsafeMutableBufferPointer { sums in
                let (samples, sums) = (Apart(samples), Apart(sums))
                for turn in 0..<parts {
                    parallel(parts) { user in
                        let item = (user + turn + offset) % parts
                        let range = grid.range(user: user, item: item)
                        guard let first = samples.memory.baseAddress, !range.isEmpty else { return }
                        let (p, q, ofUsers, ofItems) = rows.memory
                        sums.memory[user * parts + item] = freshet_fit(
                            first + range.lowerBound, range.count, p, q, ofUsers, ofItems, stride, rates)
                    }
                }
            }
        }
        let squares = sums.reduce(0) { $0 + $1.squares }
        let refused = sums.reduce(0) { $0 + $1.refused }
        let counted = max(1, grid.samples.count - Int(refused))
        return Epoch(missed: (squares / Double(counted)).squareRoot(), refused: refused)
    }

    /// Sets the first factor of each item to its popularity and of each user to 0, for the epochs to learn.
    func fixPopularity() {
        var sum = 0.0
        var ratings = 0.0
        for count in items.counts where count > 0 {
            sum += Double(count) * Curves.log(1 + Double(count))
            ratings += Double(count)
        }
        for (row, count) in items.counts.enumerated() where count > 0 {
            items.factors(of: UInt32(row))?.pointee = Float(
                Constant.popularity * (Curves.log(1 + Double(count)) - sum / ratings))
        }
        for row in 0..<UInt32(users.places.count) { users.factors(of: row)?.pointee = 0 }
    }

    private mutating func fill(_ row: UnsafeMutablePointer<Float>?) {
        guard let row else { return }
        for index in 0..<options.factors { row[index] = dice.around(Constant.reach) }
    }

    private static func step(epoch: Int, of epochs: Int) -> Float {
        let part = epochs > 1 ? Double(min(epoch, epochs - 1)) / Double(epochs - 1) : 0
        return Float(
            Constant.firstStep * Curves.exp2(part * Curves.log2(Constant.lastStep / Constant.firstStep)))
    }

    private static func counts(_ rows: [UInt32]) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: rows.max().map { Int($0) + 1 } ?? 0)
        for row in rows { counts[Int(row)] += 1 }
        return counts
    }
}
