import Events
package import State

extension Model {
    /// All ratings by users of items that are in memory: the newest of each user for each item, by rows. 12 bytes
    /// each.
    package func knownRatings() -> BatchRatings {
        var ratings = BatchRatings()
        ratings.reserveCapacity(profiles.reduce(0) { $0 + Int($1.totals.ratings) })
        for user in profiles.indices {
            for act in profiles[user].acts where act.action == .rating {
                guard let item = numbers.row(of: act.item) else { continue }
                ratings.append(user: UInt32(user), item: item, rating: act.value)
            }
        }
        return ratings
    }

    /// Learns the factors and biases of all known ratings again, in some epochs from where they stand; everything
    /// else of the model stays as it is.
    ///
    /// To be called when no checkpoint is under way: every row of the rating head changes.
    ///
    /// - Parameter onEpoch: hears of each epoch.
    package mutating func learnAgain(
        epochs: Int, options: BatchOptions, parallel: Parallel, recorder: inout StateRecorder,
        onEpoch: (BatchFit.Epoch) -> Void = { _ in }
    ) {
        let ratings = knownRatings()
        guard epochs > 0, ratings.count > 0 else { return }
        var fit = ratingHead.batch(ratings, options: options, parallel: parallel)
        for _ in 0..<epochs { onEpoch(fit.epoch(parallel)) }
        for user in profiles.indices where profiles[user].totals.ratings > 0 {
            keep(user: UInt32(user), &recorder)
        }
        ratingHead.adopt(fit, recorder: &recorder)
        age += 1
    }
}
