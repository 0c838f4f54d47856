import KafkaLog
import RatingFiles

/// What a bootstrap was asked to do.
struct BootstrapPlan: Equatable, Sendable {
    /// Epochs over all ratings after they were learned once; the most, where it ends when converged.
    var epochs = 20
    /// Ends when what is held out is not predicted any better.
    var endsWhenConverged = false
    /// What feedback is called in the files.
    var actions = ActionNames()
    /// Of the order of the epochs; `nil` takes `model.seed`.
    var seed: UInt64?
    var threads = ThreadCrew.coreCount
    /// Where streaming goes on.
    var start = StartPosition.latest
    /// Takes the place of a state that holds something.
    var replaces = false
    var writesLists = true
    /// Reads the files and tries how well they can be learned, and writes nothing.
    var isDryRun = false
}
