/// How ratings are learned in batch; the result depends on this and on the ratings alone.
package struct BatchOptions: Equatable, Sendable {
    /// Epochs over which the steps become small. Training may end before, or go on with the last step.
    package var epochs = 20
    /// Seeds the start, and the order in which ratings are taken.
    package var seed: UInt64 = 42
    /// Length of the factor vectors: a multiple of 8.
    package var factors = 64

    package init(epochs: Int = 20, seed: UInt64 = 42, factors: Int = 64) {
        precondition(epochs >= 0 && factors > 0)
        (self.epochs, self.seed, self.factors) = (epochs, seed, factors)
    }
}

/// Calls `body` with 0 ..< count, in any order and at the same time as may be; returns when all calls have.
///
/// The pure rooms start no threads: whoever has some lends them. Nothing depends on how many there are.
package typealias Parallel = @Sendable (_ count: Int, _ body: @Sendable (Int) -> Void) -> Void

/// On the caller's thread, one after the other.
package let serially: Parallel = { count, body in
    for index in 0..<count { body(index) }
}
