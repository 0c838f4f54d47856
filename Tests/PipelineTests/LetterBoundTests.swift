import Events
import Model
import Pipeline
import State
import Testing

/// Refused records are kept whole until they are safe: what they take is bounded by bytes, not by their number alone.
@Suite struct LetterBoundTests {
    private static let recordBytes = 100_000
    private static let records = 400

    @Test func lettersThatCannotBeWrittenSlowTheSourceNotTheHeap() throws {
        var options = CoreOptions()
        options.laneLetterBytesMax = 500_000
        options.model.factors = 8
        var limits = WorkerLimits()
        limits.lettersBytesMax = 2_000_000
        limits.eventsMax = 5
        var worker = Worker(
            core: Core(options: options),
            source: LargeRecords(count: Self.records, bytes: Self.recordBytes), lists: NoLists(),
            letters: FullLetters(), checkpoints: NoCheckpoints(), limits: limits)
        var (most, turns) = (0, 0)
        var nowMs: Int64 = 0
        for _ in 0..<500 {
            nowMs += 1_000
            _ = try worker.tick(nowMs: nowMs, timeoutMs: 0)
            most = max(most, worker.core.letterBytes)
        }
        let isPaused = worker.source.isPaused
        #expect(isPaused)
        let read = worker.source.next
        #expect(read < Self.records / 8)
        // What was polled when the bound was reached comes on top, and what waited in the lane.
        #expect((2_000_000...3_500_000).contains(most), "\(most)")
        #expect(worker.core.letters.count * Self.recordBytes < most)

        worker.letters.isFull = false
        while worker.core.accounting.rejected < UInt64(Self.records), turns < 2_000 {
            nowMs += 10_000
            turns += 1
            _ = try worker.tick(nowMs: nowMs, timeoutMs: 0)
            #expect(worker.core.letterBytes <= most)
        }
        #expect(worker.core.accounting.rejected == UInt64(Self.records))
        #expect(worker.letters.offsets == Array(0..<Int64(Self.records)))
        #expect(worker.core.letterBytes == 0)
    }

    /// A log that answers late holds nobody up, is handed each letter once, and puts no checkpoint off for ever.
    @Test func nobodyWaitsForALogThatAnswersLate() throws {
        var options = CoreOptions()
        options.model.factors = 8
        var limits = WorkerLimits()
        limits.eventsMax = 5
        limits.checkpointIntervalMs = 1_000
        let silence = 4
        var worker = Worker(
            core: Core(options: options), source: LargeRecords(count: Self.records, bytes: 10),
            lists: NoLists(), letters: LateLetters(silence: silence), checkpoints: CountedCheckpoints(),
            limits: limits)
        var turns = 0
        while worker.core.accounting.rejected < UInt64(Self.records), turns < 2_000 {
            turns += 1
            _ = try worker.tick(nowMs: Int64(turns) * 100, timeoutMs: 0)
        }
        // It waits only where a checkpoint is late, which takes as long as the log is silent.
        let allowed = Self.records / limits.eventsMax + (silence + 2) * (1 + turns / 10)
        #expect(turns <= allowed)
        #expect(worker.checkpoints.count >= turns / 10 / 3, "\(worker.checkpoints.count) in \(turns) turns")
        while try !worker.settle(nowMs: Int64(turns) * 100) {}
        #expect(worker.letters.offsets == Array(0..<Int64(Self.records)))
        #expect(worker.counts.lettersWritten == UInt64(Self.records))
    }
}

/// One lane of records that no decoder takes.
private struct LargeRecords: EventSource, ~Copyable {
    private static let lane = Lane(topic: .ratings, partition: 0)
    private let count: Int
    private let value: [UInt8]
    private(set) var next = 0
    private(set) var isPaused = false
    private var isAssigned = false

    init(count: Int, bytes: Int) {
        self.count = count
        value = [UInt8](repeating: 0x7B, count: bytes)
    }

    mutating func begin(at positions: [Position]) {}
    mutating func store(_ next: [Position]) throws(Trouble) {}

    mutating func setPaused(_ paused: Bool, lanes: [Lane]) throws(Trouble) {
        if lanes.contains(Self.lane) { isPaused = paused }
    }

    mutating func poll(
        limit: Int, timeoutMs: Int32, _ take: (borrowing Arrival) -> Void
    ) throws(Trouble) {
        if !isAssigned { take(.assigned([Self.lane])) }
        isAssigned = true
        guard !isPaused else { return }
        for _ in 0..<limit where next < count {
            value.withUnsafeBytes { bytes in
                let position = Position(lane: Self.lane, offset: Int64(next))
                take(.record(Record(position: position, arrivedMs: nil, key: nil, value: bytes)))
            }
            next += 1
        }
        if next == count { take(.reachedEnd(Self.lane, next: Int64(next))) }
    }
}

private struct NoLists: ListSink, ~Copyable {
    mutating func write(
        _ batch: [ListWrite], generatedAtMs: Int64, meanwhile: () -> Void
    ) throws(Trouble) -> [Identifier] { [] }
    mutating func remembersUs() throws(Trouble) -> Bool { true }
}

private struct FullLetters: DeadLetterSink, ~Copyable {
    var isFull = true
    private(set) var offsets: [Int64] = []

    mutating func write(_ letters: [DeadLetter]) throws(Trouble) {
        if isFull { throw Trouble(.tryAgain, "the log is full. Make room.") }
        offsets += letters.map(\.position.offset)
    }

    mutating func areSafe() throws(Trouble) -> Bool { true }
}

/// Says only when asked some times that letters are safe.
private struct LateLetters: DeadLetterSink, ~Copyable {
    let silence: Int
    private(set) var offsets: [Int64] = []
    private var questions = 0

    init(silence: Int) { self.silence = silence }

    mutating func write(_ letters: [DeadLetter]) throws(Trouble) {
        offsets += letters.map(\.position.offset)
        questions = 0
    }

    mutating func areSafe() throws(Trouble) -> Bool {
        questions += 1
        return questions > silence
    }
}

/// Keeps nothing, and counts how often.
private struct CountedCheckpoints: CheckpointSink, ~Copyable {
    private(set) var count = 0
    private var isCommitting = false

    var isReady: Bool { !isCommitting }
    var hasRoom: Bool { true }
    var canRecall: Bool { false }
    mutating func append(_ chunk: consuming StateChunk) {}
    mutating func recall(_ table: StateTable, _ key: Int64) throws(Trouble) -> [UInt8]? { nil }
    mutating func commit() { isCommitting = true }

    mutating func outcome() throws(Trouble) -> CheckpointOutcome? {
        guard isCommitting else { return nil }
        (count, isCommitting) = (count + 1, false)
        return CheckpointOutcome(rows: 0, bytes: 0, milliseconds: 0)
    }
}
