import Events

extension Model {
    /// Learns all ratings that are known over and over, from the beginning: for a part of a file that is all there.
    /// The rows are those of the model, which stays as it is.
    ///
    /// Taken is the newest rating of each user for each item.
    package func fit(epochs: Int, parallel: Parallel = serially) -> BatchFit {
        var ratings = BatchRatings()
        for user in profiles.indices {
            for act in actsByRow(of: UInt32(user)) where act.action == .rating {
                ratings.append(user: UInt32(user), item: act.item, rating: act.value)
            }
        }
        let batch = BatchOptions(epochs: epochs, seed: options.seed, factors: options.factors)
        var fit = BatchFit(ratings, options: batch, parallel: parallel)
        for _ in 0..<epochs { fit.epoch(parallel) }
        return fit
    }
}
