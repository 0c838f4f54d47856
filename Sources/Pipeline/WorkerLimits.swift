package import Events

/// The bounds of a worker's turn.
package struct WorkerLimits: Equatable, Sendable {
    /// Records worked through in one turn at most; a longer turn coalesces more and answers later.
    package var eventsMax = 4_096
    /// Lists ranked and written in one batch: the first of them is not visible before the last is ranked. As many as
    /// are ranked side by side; the next batch is ranked while this one is written.
    package var listsMax = 32
    /// Users looked at in an idle turn, to make their lists anew from what others did. An event that comes meanwhile
    /// waits for them.
    package var sweepMax = 32
    /// Between two sweeps while events keep coming: what is free then belongs to them, and to the servers beside us.
    /// After as long without an event there are no pauses any more.
    package var sweepPauseMs: Int64 = 25
    /// How long a turn waits for records while lists are still older than the model.
    package var sweepPollMs: Int32 = 5
    /// Refused records kept while the dead letters cannot be written; past it the source is paused.
    package var lettersMax = 10_000
    /// The same by what they take of memory. What was polled by then still comes on top.
    package var lettersBytesMax = 64 << 20
    /// Forgotten users whose keys could not be removed yet; past it the source is paused.
    package var removalsMax = 10_000
    /// Between the beginnings of two checkpoints: in milliseconds of the clock, and in events, whichever is first.
    package var checkpointIntervalMs: Int64 = 5_000
    package var checkpointEvents: UInt64 = 1_000_000
    /// Bytes of a checkpoint that are copied in one turn: what the stream waits for at most, about 0.2 ms.
    package var copyBytesPerTurn = 512 << 10
    /// Bytes copied out that may wait for the store.
    package var copiedBytesMax = 64 << 20
    /// Bytes of users who left memory that may wait for a commit; a checkpoint begins at half of it.
    package var evictedBytesMax = 32 << 20

    package init() {}
}

/// What a worker has done, beside the accounting of its core.
package struct WorkerCounts: Equatable, Sendable {
    package internal(set) var listsWritten: UInt64 = 0
    package internal(set) var listsUnchanged: UInt64 = 0
    /// Letters that are safe, by rule, in the order of `Rule.allCases`.
    private var lettersByRule = [UInt64](repeating: 0, count: Rule.allCases.count)
    /// Records that were polled, by topic, in the order of `Topic.allCases`.
    private var recordsByTopic = [UInt64](repeating: 0, count: Topic.allCases.count)
    package internal(set) var listFailures: UInt64 = 0
    package internal(set) var letterFailures: UInt64 = 0

    package var lettersWritten: UInt64 { lettersByRule.reduce(0, +) }

    /// The rules whose letters were written, with their counts.
    package var letters: [(rule: Rule, count: UInt64)] {
        zip(Rule.allCases, lettersByRule).filter { $0.1 > 0 }.map { ($0, $1) }
    }

    package var records: [(topic: Topic, count: UInt64)] {
        zip(Topic.allCases, recordsByTopic).map { ($0, $1) }
    }

    mutating func written(_ rule: Rule) { lettersByRule[rule.ordinal] += 1 }

    mutating func consumed(_ topic: Topic, _ count: Int) {
        recordsByTopic[Int(topic.rawValue)] += UInt64(count)
    }
}

/// What a worker tells whoever watches it; the shell turns it into log lines and metrics.
package enum WorkerNotice: Equatable, Sendable {
    /// A list is visible now; its oldest event that was not yet reflected came in at `arrivedMs`.
    case served(arrivedMs: Int64)
    /// Lists cannot be written: learning goes on, and the newest list of each user is written later.
    case listsDown(String)
    case listsBack
    /// The store came back without what was written: all lists are written again.
    case listsLost(users: Int)
    case lettersDown(String)
    case lettersBack
    /// The state cannot be kept for now: learning goes on, and a start from what was kept learns the rest again.
    case stateHeld(String)
    case stateBack
    /// The log of a lane was made anew: it is read from its beginning.
    case logRestarted(Lane)
    /// An event was refused because the model has as many users or items as the settings allow, and nothing is kept
    /// where they could wait; told once.
    case modelFull
    /// There are more users or items than the settings allow: from now on the coldest leave memory; told once.
    case evicting
    /// Predictions have become worse: told once for each time that the Page–Hinkley test says so.
    case errorDrift
    /// People rate in another way than before; with the population stability index.
    case ratingDrift(Double)
    /// A checkpoint is safe on disk.
    case checkpoint(CheckpointOutcome)
    /// Around the learning of a turn's records: who wants to know how long, measures here.
    case learningBegins
    case learningEnds(records: Int)
    /// Around the writing of a batch of lists; where it fails, its end is not told.
    case writingBegins
    case writingEnds
    /// Around every moment that the stream gives to a checkpoint.
    case copyingBegins
    case copyingEnds
}
