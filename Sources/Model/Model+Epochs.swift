extension Model {
    /// Learns all ratings that are known over and over, from the beginning: for a part of a file that is all there.
    /// The rows are those of the model, which stays as it is.
    package func fit(epochs: Int, parallel: Parallel = serially) -> BatchFit {
        let batch = BatchOptions(epochs: epochs, seed: options.seed, factors: options.factors)
        var fit = BatchFit(knownRatings(), options: batch, parallel: parallel)
        for _ in 0..<epochs { fit.epoch(parallel) }
        return fit
    }
}
