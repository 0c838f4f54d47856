package import Events
package import Model
package import Ranking
package import Windowing

/// What the core is told once, at the start. The defaults are those of `config/freshet.yaml`.
package struct CoreOptions: Sendable {
    package var rules = FieldRules()
    package var window = WindowRules()
    /// How long a silent lane holds the merge back, in milliseconds of the clock.
    package var mergeIdleMs: Int64 = 5_000
    /// Decoded records that may wait in one lane.
    package var laneRecordsMax = 8_192
    /// Bytes of refused records that may wait in one lane; one may be of 10 MB.
    package var laneLetterBytesMax = 8 << 20
    /// Users who were forgotten that are told apart: see `Tombstones`.
    package var tombstonesMax = 1_000_000
    /// Last lists of users who left memory that wait for a list store that is away.
    package var partingsMax = 10_000
    package var model = ModelOptions()
    package var ranking = RankingOptions()
    /// Which positives are ranked before they are learned from.
    package var judging = Judging.sampled(every: 100)
    /// Between two writes of the fallback lists, in milliseconds of the clock.
    package var fallbackIntervalMs: Int64 = 1_000
    /// Whether the feature hash of each user is written beside the list.
    package var writesProfiles = true
    /// Whether the neighbours of items are written.
    package var writesSimilar = true

    package init() {}

    /// The version that readers see in each list.
    package var modelVersion: String { "\(ranking.algorithm.rawValue)-1" }
}

/// Which positives the ranking head is judged on, test-then-learn. Judging scores every item, so it costs far more
/// than learning; what is judged changes nothing that is learned.
package enum Judging: Equatable, Sendable {
    case none
    /// Every n-th positive of the stream.
    case sampled(every: Int)
    /// All positives after this many events have been learned: the last fifth of a file whose length is known.
    case afterLearned(UInt64)
}
