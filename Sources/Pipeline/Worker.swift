import Events
import Model

/// One worker: a thread, its lanes, its users. Generic over the ports, so that production and simulation run the
/// same code.
///
/// A turn polls, thinks, writes, and only then stores offsets. While a sink is down it keeps polling and learning:
/// what is owed to the lists is a mark per user, so the newest list of each is written when the sink returns; what
/// is owed to the dead letters is kept whole, and past `lettersMax` or `lettersBytesMax` the source is paused.
package struct Worker<Source, Lists, Letters, Checkpoints>: ~Copyable
where
    Source: EventSource & ~Copyable, Lists: ListSink & ~Copyable, Letters: DeadLetterSink & ~Copyable,
    Checkpoints: CheckpointSink & ~Copyable
{
    package private(set) var core: Core
    package private(set) var counts = WorkerCounts()
    package private(set) var listLink = Link.up
    package private(set) var letterLink = Link.up
    package var source: Source
    package var lists: Lists
    package var letters: Letters
    package var checkpoints: Checkpoints

    private let limits: WorkerLimits
    private let notice: (WorkerNotice) -> Void
    private var batch = ListBatch()
    /// Ranked while `batch` is being written.
    private var nextBatch = ListBatch()
    /// Letters that were handed over and whose fate is not known: the first of those that are owed.
    private var lettersUnderWay = 0
    private var stored: [Position] = []
    private var wasBusy = false
    private var lastBusyMs: Int64 = 0
    private var lastSweepMs: Int64 = 0
    private var hasToldOfRoom = false
    private var driftsTold: (error: UInt64, rating: UInt64)
    private var pace: CheckpointPace
    private var isStateHeld = false
    /// Whether the core stands between two events: not where a row could not be recalled in the midst of one.
    package private(set) var isWhole = true
    /// Whether the store can keep nothing any more before a person has mended something.
    package private(set) var isStateLost = false
    /// Whether every list was what the model says at the end of the last turn that had nothing else to do.
    package private(set) var isSwept = false

    package init(
        core: consuming Core, source: consuming Source, lists: consuming Lists, letters: consuming Letters,
        checkpoints: consuming Checkpoints, limits: WorkerLimits = WorkerLimits(),
        notice: @escaping (WorkerNotice) -> Void = { _ in }
    ) {
        driftsTold = (core.model.errorDrift.alarms, core.model.ratingDrift.alarms)
        self.core = core
        self.source = source
        self.lists = lists
        self.letters = letters
        self.checkpoints = checkpoints
        pace = CheckpointPace(intervalMs: limits.checkpointIntervalMs, events: limits.checkpointEvents)
        self.limits = limits
        self.notice = notice
    }

    /// One turn; returns how many records were worked through. Waits up to `timeoutMs` for records when the turn
    /// before had none. Throws what a person must mend, and what the log says to try again.
    package mutating func tick(nowMs: Int64, timeoutMs: Int32) throws(Trouble) -> Int {
        let isFull =
            core.letters.count >= limits.lettersMax || core.letterBytes >= limits.lettersBytesMax
            || core.removalCount >= limits.removalsMax
        let lanes = core.changesOfPace(isFull: isFull, nowMs: nowMs)
        if !lanes.pause.isEmpty { try source.setPaused(true, lanes: lanes.pause) }
        if !lanes.resume.isEmpty { try source.setPaused(false, lanes: lanes.resume) }
        source.begin(at: core.knownPositions)
        try Self.fill(
            &core, &counts, from: &source, limit: limits.eventsMax, timeoutMs: patience(timeoutMs),
            nowMs: nowMs)
        for lane in core.takeRestarted() { notice(.logRestarted(lane)) }
        // What was copied out and finds no room in the store slows the source, not the heap. And letters that keep
        // coming must not put a checkpoint off for ever.
        let isHeld =
            core.copiedBytes > limits.copiedBytesMax || core.evictedBytes > limits.evictedBytesMax
            || (lettersUnderWay > 0 && pace.isLate(events: core.changes, nowMs: nowMs))
        isWhole = false
        notice(.learningBegins)
        let done =
            isHeld ? 0 : try core.advance(limit: limits.eventsMax, nowMs: nowMs, recalling: &checkpoints)
        notice(.learningEnds(records: done))
        isWhole = true
        if core.evictedBytes > limits.evictedBytesMax / 2 { pace.wantsNow(events: core.changes) }
        wasBusy = done > 0 || pace.isCopying
        if !hasToldOfRoom { tellOfRoom() }
        tellDrifts()
        if done > 0 {
            (isSwept, lastBusyMs) = (false, nowMs)
        } else if core.staleCount == 0, nowMs - min(lastBusyMs, lastSweepMs) >= limits.sweepPauseMs {
            isSwept = !core.sweep(rowsMax: limits.sweepMax)
            lastSweepMs = nowMs
        }
        _ = try settle(nowMs: nowMs)
        try keepState(nowMs: nowMs)
        return done
    }

    /// How long a turn may wait for records: not at all while there is work, and not long while a sweep goes on or
    /// lists of neighbours are owed, of which each turn writes a few.
    private func patience(_ timeoutMs: Int32) -> Int32 {
        if wasBusy { return 0 }
        let isDone = isSwept && !(core.owesSimilar && listLink.isUp)
        return isDone ? timeoutMs : min(timeoutMs, limits.sweepPollMs)
    }

    private mutating func tellOfRoom() {
        let isFull = core.accounting.rejected(by: .modelFull) > 0
        hasToldOfRoom = isFull || core.evictions.areThere
        if hasToldOfRoom { notice(isFull ? .modelFull : .evicting) }
    }

    private mutating func tellDrifts() {
        let (errors, ratings) = (core.model.errorDrift.alarms, core.model.ratingDrift.alarms)
        if errors > driftsTold.error { notice(.errorDrift) }
        if ratings > driftsTold.rating { notice(.ratingDrift(core.model.ratingDrift.stability)) }
        driftsTold = (errors, ratings)
    }

    /// Keeps all that was learned until now: to be called again and again until it says that it is safe. For an
    /// orderly stop, when nothing is read any more.
    package mutating func keepLast(nowMs: Int64) throws(Trouble) -> Bool {
        pace.wantsNow(events: core.changes)
        try keepState(nowMs: nowMs)
        return pace.isUpToDate(events: core.changes)
    }

    /// Begins, feeds or ends a checkpoint, a little in each turn, so that the stream never waits for it.
    private mutating func keepState(nowMs: Int64) throws(Trouble) {
        try noteOutcome()
        if pace.isDue(events: core.changes, nowMs: nowMs), checkpoints.isReady,
            core.mayBeginCheckpoint
        {
            notice(.copyingBegins)
            core.beginCheckpoint()
            pace.began(events: core.changes, nowMs: nowMs)
            notice(.copyingEnds)
        }
        guard pace.isCopying, checkpoints.hasRoom else { return }
        notice(.copyingBegins)
        while core.wantsSpare, let spare = checkpoints.takeSpare() { core.reuse(spare) }
        let isWhole = core.copyOwed(bytesMax: limits.copyBytesPerTurn)
        let bytesMin = isWhole ? 0 : limits.copyBytesPerTurn
        for chunk in core.takeChunks(bytesMin: bytesMin) { checkpoints.append(chunk) }
        if isWhole {
            checkpoints.commit()
            pace.handedOver()
        }
        notice(.copyingEnds)
    }

    /// A store that is held up goes on by itself: until then nothing new is kept, and what waits for it is bounded.
    private mutating func noteOutcome() throws(Trouble) {
        do throws(Trouble) {
            guard let outcome = try checkpoints.outcome() else { return }
            pace.committed()
            core.checkpointCommitted()
            notice(.checkpoint(outcome))
            if isStateHeld { notice(.stateBack) }
            isStateHeld = false
        } catch {
            guard error.cure == .tryAgain else {
                isStateLost = true
                throw error
            }
            isStateHeld = true
            notice(.stateHeld(error.message))
        }
    }

    /// Writes what is owed and stores the offsets, without polling; returns whether nothing is owed any more.
    package mutating func settle(nowMs: Int64) throws(Trouble) -> Bool {
        try writeLetters(nowMs: nowMs)
        try writeLists(nowMs: nowMs)
        guard core.letters.isEmpty, core.staleCount == 0, core.partingCount == 0, core.removalCount == 0
        else { return false }
        let positions = core.positions
        if positions != stored {
            try source.store(positions)
            stored = positions
        }
        return true
    }

    private static func fill(
        _ core: inout Core, _ counts: inout WorkerCounts, from source: inout Source, limit: Int,
        timeoutMs: Int32, nowMs: Int64
    ) throws(Trouble) {
        try source.poll(limit: limit, timeoutMs: timeoutMs) { arrival in
            switch arrival {
            case .record(let record): counts.consumed(record.position.lane.topic, 1)
            case .decoded(let run): counts.consumed(run.lane.topic, run.count)
            default: break
            }
            core.receive(arrival, nowMs: nowMs)
        }
    }

    /// Retry rule: all letters are kept until one write of all of them succeeds; `Link` says when to try. Nobody waits
    /// for a log that does not answer: learning goes on.
    private mutating func writeLetters(nowMs: Int64) throws(Trouble) {
        guard !core.letters.isEmpty, letterLink.allowsTry(nowMs: nowMs) else { return }
        do throws(Trouble) {
            if lettersUnderWay == 0 {
                try letters.write(core.letters)
                lettersUnderWay = core.letters.count
            }
            guard try letters.areSafe() else { return }
        } catch {
            lettersUnderWay = 0
            counts.letterFailures += 1
            guard error.cure == .tryAgain else { throw error }
            if letterLink.isUp { notice(.lettersDown(error.message)) }
            letterLink.failed(nowMs: nowMs)
            return
        }
        for letter in core.letters.prefix(lettersUnderWay) { counts.written(letter.refusal.rule) }
        core.lettersWritten(lettersUnderWay)
        lettersUnderWay = 0
        if !letterLink.isUp { notice(.lettersBack) }
        letterLink.succeeded()
    }

    /// Retry rule: a user stays stale until a write that held their list succeeded; `Link` says when to try.
    private mutating func writeLists(nowMs: Int64) throws(Trouble) {
        guard listLink.allowsTry(nowMs: nowMs) else { return }
        do throws(Trouble) {
            try remember(nowMs: nowMs)
            // A turn's events make at most so many lists stale; a backlog of more must not hold up the stream.
            var left = limits.eventsMax
            var isMade = false
            while left > 0,
                isMade || core.makeLists(limit: min(left, limits.listsMax), nowMs: nowMs, into: &batch)
            {
                left -= max(1, batch.lists)
                isMade = try writeBatch(making: min(left, limits.listsMax), nowMs: nowMs)
                swap(&batch, &nextBatch)
            }
        } catch {
            counts.listFailures += 1
            guard error.cure == .tryAgain else { throw error }
            if listLink.isUp { notice(.listsDown(error.message)) }
            listLink.failed(nowMs: nowMs)
            return
        }
        if !listLink.isUp { notice(.listsBack) }
        listLink.succeeded()
    }

    /// Writes the batch, and makes the next one of at most `limit` lists meanwhile; `false` when there is none.
    private mutating func writeBatch(making limit: Int, nowMs: Int64) throws(Trouble) -> Bool {
        var isMade = false
        do throws(Trouble) {
            notice(.writingBegins)
            let gone = try Self.write(
                batch, to: &lists, from: &core, making: limit, into: &nextBatch, &isMade, nowMs: nowMs)
            notice(.writingEnds)
            counts.listsWritten += UInt64(batch.changed)
            counts.listsUnchanged += UInt64(batch.lists - batch.changed)
            core.listsWritten(batch, gone: gone, nowMs: nowMs) { notice(.served(arrivedMs: $0)) }
        } catch {
            core.listsFailed(batch)
            throw error
        }
        return isMade
    }

    /// What else is owed is not known to be written before the answer, so it must not be made twice.
    private static func write(
        _ batch: ListBatch, to lists: inout Lists, from core: inout Core, making limit: Int,
        into next: inout ListBatch, _ isMade: inout Bool, nowMs: Int64
    ) throws(Trouble) -> [Identifier] {
        try lists.write(batch.writes, generatedAtMs: nowMs) {
            guard batch.isPlain, limit > 0 else { return }
            isMade = core.makeLists(limit: limit, nowMs: nowMs, after: batch.served, into: &next)
        }
    }

    /// Asks after a failure, and as often as the fallback lists are due, whether the store still has our lists.
    private mutating func remember(nowMs: Int64) throws(Trouble) {
        guard core.hasWrittenLists, !listLink.isUp || core.fallbacksAreDue(nowMs: nowMs) else { return }
        if try !lists.remembersUs() {
            core.listsLost()
            notice(.listsLost(users: core.staleCount))
        }
    }
}
