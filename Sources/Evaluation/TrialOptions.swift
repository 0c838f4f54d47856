package import Model

/// What a trial is told at its start.
package struct TrialOptions {
    /// Rows in all: where the last fifth begins, and how long the points of the curve are.
    package var rows: Int
    /// Which positives are looked up: every so many-th. Each costs some rankings of all items.
    package var judgedEvery = 1
    /// What makes the lists of the model.
    package var algorithm = Algorithm.hybrid
    /// How much its lists avoid items that are alike: see `Diversifier`.
    package var diversity: Float = 0
    /// How many of their last places are kept for newcomers: see `NewcomerPlaces`.
    package var newcomers = 1
    /// The ends of the ratings in the file.
    package var scale: ClosedRange<Float> = 0...5
    /// The rating that is expected before the first one.
    package var startRating: Float = 4
    /// Nanoseconds of a steady clock, to tell the time of judging from that of learning.
    package var steadyNs: @Sendable () -> UInt64 = { 0 }
    /// Gets every event's expectation, in the order of the events.
    package var onExpectation: ((Expectation) -> Void)?

    package init(rows: Int) {
        self.rows = rows
    }
}
