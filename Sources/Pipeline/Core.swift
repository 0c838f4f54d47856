package import Events
package import Model
import Ranking
import State
import Windowing

/// The middle of the program as one value: records and the time go in, effects come out. It does no I/O and reads
/// no clock; what it learns depends on the log alone.
///
///     receive ─▶ lanes ─▶ advance: merge ─▶ window ─▶ learn ─▶ stale ─▶ lists
///        └── refused ─▶ letters
package struct Core: ~Copyable {
    package let options: CoreOptions
    package internal(set) var accounting = Accounting()
    package internal(set) var model: Model
    /// Refused records that are not yet safe in the log.
    package private(set) var letters: [DeadLetter] = []
    /// What they take of memory.
    package private(set) var letterBytes = 0

    /// Lanes whose log turned out to be another one than before.
    private var restarted: [Lane] = []

    var serving = Serving()
    var ranker: Ranker
    var fallbacks: Fallbacks
    var similar = SimilarItems()
    /// Users whose keys must go from the list store.
    var removals: [Identifier] = []
    /// Of those, how many went.
    var removed: UInt64 = 0
    var tombstones: Tombstones
    var evicted = EvictedRows()
    package internal(set) var evictions = EvictionCounts()
    /// Last lists of users who left memory, until they are written.
    var partings: Partings
    var merge: Merge
    var tasks: [TaskWindow] = []
    var positivesSeen: UInt64 = 0
    var recorder = StateRecorder()
    private var decoder: EventDecoder

    package init(options: CoreOptions) {
        self.options = options
        self.decoder = EventDecoder(rules: options.rules)
        self.merge = Merge(
            maxIdleMs: options.mergeIdleMs, laneRecordsMax: options.laneRecordsMax,
            laneLetterBytesMax: options.laneLetterBytesMax)
        self.tombstones = Tombstones(entriesMax: options.tombstonesMax)
        self.partings = Partings(listsMax: options.partingsMax)
        self.model = Model(options: options.model)
        self.ranker = Ranker(options: options.ranking, factors: options.model.factors)
        self.fallbacks = Fallbacks(intervalMs: options.fallbackIntervalMs, version: options.modelVersion)
    }

    /// Decoded records that wait for their turn, over all lanes.
    package var waitingCount: Int { merge.waitingCount }

    /// Users whose list in the store is older than what was learned.
    package var staleCount: Int { serving.staleCount }

    /// Last lists of users who left memory that were given up, because there was no room while they could not be
    /// written; since the start.
    package var partingsDropped: UInt64 { partings.dropped }

    /// How far the lanes that are ours were worked through, in their order.
    package var progress: [LaneProgress] { merge.progress }

    /// Users who were forgotten and whose keys are still in the store.
    package var removalCount: Int { removals.count }

    /// Rises with whatever makes the next checkpoint differ: with events, and with names that need not be kept any
    /// more because their keys are gone.
    package var changes: UInt64 { accounting.read &+ removed }

    /// Where each lane must go on, those that are not assigned included.
    package var knownPositions: [Position] { merge.knownPositions }

    /// Where each lane would go on; everything before has been worked through.
    package var positions: [Position] { merge.positions }

    /// Takes what a poll brought. Records are decoded here if they are not yet, and copied only as far as they are kept.
    package mutating func receive(_ arrival: borrowing Arrival, nowMs: Int64) {
        switch arrival {
        case .record(let record):
            let lane = record.position.lane
            if !merge.append(Waiting(decoding: record, by: &decoder), to: lane) { restarted.append(lane) }
        case .decoded(let run):
            if !merge.append(run) { restarted.append(run.lane) }
        case .reachedEnd(let lane, _): merge.reachedEnd(of: lane)
        case .assigned(let lanes):
            merge.assign(lanes, nowMs: nowMs)
            serving.regain(lanes)
            partings.regain(lanes)
        case .revoked(let lanes):
            merge.revoke(lanes)
            serving.release(lanes)
            partings.release(lanes)
        }
    }

    /// Lanes whose log was made anew, each told once.
    package mutating func takeRestarted() -> [Lane] {
        defer { restarted.removeAll() }
        return restarted
    }

    /// Works through at most `limit` records in the order of the merge; returns how many there were. Users who left
    /// memory are read back from `store`. After a throw nothing of this core may be kept.
    package mutating func advance(
        limit: Int, nowMs: Int64, recalling store: inout some RowRecall & ~Copyable
    ) throws(Trouble) -> Int {
        var nobody = NoWitness()
        return try advance(limit: limit, nowMs: nowMs, recalling: &store, witness: &nobody)
    }

    /// The same, with somebody who looks on.
    package mutating func advance(
        limit: Int, nowMs: Int64, recalling store: inout some RowRecall & ~Copyable,
        witness: inout some Witness & ~Copyable
    ) throws(Trouble) -> Int {
        var done = 0
        while done < limit, let place = merge.next(nowMs: nowMs) {
            let (lane, waiting) = merge.first(at: place)
            let position = Position(lane: lane, offset: waiting.pointee.offset)
            switch waiting.pointee.content {
            case .interaction(let interaction):
                try take(interaction, at: position, arrivedMs: waiting.pointee.arrivedMs, &store, &witness)
            case .catalog(let item):
                try describe(item, &store)
            case .erasure(let erasure):
                try forget(erasure, &store)
            case .refused(let letter):
                refuse(letter)
            }
            merge.removeFirst(at: place, nowMs: nowMs)
            done += 1
        }
        return done
    }

    /// Lanes to pause or to resume, so that what waits stays bounded; with `isFull` all are paused.
    package mutating func changesOfPace(isFull: Bool, nowMs: Int64) -> (pause: [Lane], resume: [Lane]) {
        merge.changesOfPace(isFull: isFull, nowMs: nowMs)
    }

    /// The first letters are safe, by default all: they need not be written again.
    package mutating func lettersWritten(_ count: Int? = nil) {
        letters.removeFirst(count ?? letters.count)
        letterBytes = letters.reduce(0) { $0 + $1.byteCount }
    }

    private mutating func take(
        _ interaction: Interaction, at position: Position, arrivedMs: Int64?,
        _ store: inout some RowRecall & ~Copyable, _ witness: inout some Witness & ~Copyable
    ) throws(Trouble) {
        accounting.read += 1
        if let rule = rule(against: interaction, canEvict: store.canRecall) { return accounting.reject(rule) }
        let admission = task(position.lane.partition)
            .admit(interaction.identity, timestampMs: interaction.timestampMs)
        switch admission {
        case .duplicate:
            accounting.duplicate += 1
        case .late:
            accounting.late += 1
        case .fresh:
            try admit(user: interaction.user, &store)
            try admit(item: interaction.item, &store)
            if witness.isThere { witness.willLearn(interaction, at: position, model: model) }
            let isJudged = isJudged(interaction)
            let lesson = model.learn(interaction, judges: isJudged, recorder: &recorder)
            witness.learned(lesson, from: interaction)
            accounting.learned += 1
            if lesson.isUpdate { accounting.updates += 1 }
            if options.writesSimilar, options.model.headsLearn { markSimilar(afterLearning: lesson.user) }
            recorder.willChange(.serving, lesson.user) { serving[lesson.user].write(to: &$0) }
            serving.learned(
                row: lesson.user, source: position, eventTimeMs: interaction.timestampMs, arrivedMs: arrivedMs
            )
        }
    }

    /// Why an interaction cannot be learned, although there is nothing wrong with it. It leaves no trace in the
    /// window: when there is room again, it may come again. Mutating, because a core that is only lent is moved: three
    /// kilobytes an event.
    private mutating func rule(against interaction: Interaction, canEvict: Bool) -> Rule? {
        if tombstones.refuse(interaction.user, timestampMs: interaction.timestampMs) { return .erasedUser }
        return canEvict || model.hasRoom(for: interaction) ? nil : .modelFull
    }

    /// The catalog is a table and no part of the sum, but for what is refused of it.
    private mutating func describe(
        _ item: CatalogItem, _ store: inout some RowRecall & ~Copyable
    ) throws(Trouble) {
        try admit(item: item.item, &store)
        if model.describe(item, recorder: &recorder) { return }
        accounting.read += 1
        accounting.reject(.modelFull)
    }

    /// The newest acts of a user are those whose neighbours a lesson changes.
    private mutating func markSimilar(afterLearning user: UInt32) {
        for act in model.actsByRow(of: user).suffix(Model.actsPerLesson) { similar.mark(act.item) }
    }

    private mutating func isJudged(_ interaction: Interaction) -> Bool {
        guard options.model.isPositive(interaction) else { return false }
        positivesSeen += 1
        return switch options.judging {
        case .none: false
        case .sampled(let every): positivesSeen % UInt64(every) == 0
        case .afterLearned(let count): accounting.learned >= count
        }
    }

    private mutating func refuse(_ letter: DeadLetter) {
        accounting.read += 1
        accounting.reject(letter.refusal.rule)
        letters.append(letter)
        letterBytes += letter.byteCount
    }

    private mutating func task(_ partition: Int32) -> TaskWindow {
        // Where no partition is missing, each stands at its own number.
        if partition >= 0, partition < tasks.count, tasks[Int(partition)].partition == partition {
            return tasks[Int(partition)]
        }
        if let known = tasks.first(where: { $0.partition == partition }) { return known }
        let task = TaskWindow(partition: partition, rules: options.window)
        tasks.append(task)
        tasks.sort { $0.partition < $1.partition }
        return task
    }
}
