/// What a stream of made-up users looks like; shares are from 0 to 1.
package struct TrafficOptions: Equatable, Sendable {
    package var seed: UInt64 = 1
    package var users = 1_000
    /// Of the log-normal activity.
    package var activitySigma = 1.0
    package var openSessions = 100
    /// The mean of a geometric distribution.
    package var sessionEvents = 12
    /// Of the sessions, those after which a user never comes again, and somebody new comes instead.
    package var turnoverShare = 0.0
    package var hotUserShare = 0.0
    package var items = 1_000
    /// The exponent of Zipf's law.
    package var zipf = 0.9
    package var hotItemShare = 0.0
    package var tasteDimensions = 6
    /// Items that a user looks at before taking one.
    package var choices = 4
    /// Of a rating, in stars.
    package var noise = 0.5
    package var feedbackShare = 0.3
    package var duplicateShare = 0.0
    /// How many learnable events earlier a repeated one was at most.
    package var duplicateWithin = 10_000
    package var lateShare = 0.0
    /// How far behind a late event is at least: more than the pipeline's patience.
    package var lateByMs: Int64 = 3_600_000
    package var malformedShare = 0.0
    /// Begins every event's id, so that no two runs share one.
    package var run = "run"

    package init() {}
}
