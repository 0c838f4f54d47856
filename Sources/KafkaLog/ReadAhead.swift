import Events
import Foundation
import Pipeline

/// A second thread that takes records out of the lanes' queues and decodes them, while the worker learns from those
/// before: each is about half of the work.
///
///     worker   poll ─ learns batch 1 ─ poll ─ learns batch 2 ─ poll
///                 ╲ begin        finish ╱ ╲ begin        finish ╱
///     reader       takes, decodes batch 2   takes, decodes batch 3
///
/// They take turns: between `begin` and `finish` the queues that were handed over are the reader's, and at any other
/// time everything is the worker's. So lanes come and go only while nobody reads them, and nothing needs a lock.
///
/// Bound: one batch. While nobody asks for it nothing more is taken, librdkafka's queues run full, and it fetches no
/// more.
final class ReadAhead: @unchecked Sendable {
    // Sendable, because of all that is below only one thread at a time touches anything: the two semaphores hand it to
    // and fro.

    /// What a visit to a lane brought.
    struct Step {
        let queue: LaneQueue
        let turn: LaneTurn
        let run: DecodedRun
    }

    private let rules: FieldRules
    private let work = Semaphore()
    private let done = Semaphore()
    private var round: LaneRound?
    private var steps: [Step] = []
    /// Of rounds before, to be filled anew.
    private var spares: [DecodedRun] = []
    /// Of the worker alone.
    private var isReading = false

    /// - Parameter rules: those of the core that learns from what is read.
    init(rules: FieldRules) {
        self.rules = rules
        let thread = Thread { [self] in read() }
        thread.name = "read ahead"
        thread.start()
    }

    /// Has so many records read from these queues, which belong to the reader until `finish`.
    func begin(_ round: LaneRound) {
        precondition(!isReading)
        self.round = round
        isReading = true
        work.signal()
    }

    /// Waits until all is read that was to be, and hands it over; nothing where nothing was begun. What is in it must be
    /// taken before the next `begin`, and no queue is kept, because a lane that goes takes its queue along.
    func finish() -> [Step] {
        guard isReading else { return [] }
        done.wait()
        isReading = false
        round = nil
        defer {
            spares += steps.map(\.run)
            steps.removeAll(keepingCapacity: true)
        }
        return steps
    }

    /// Ends the thread; what was read and not handed over is dropped.
    func end() {
        _ = finish()
        work.signal()
        done.wait()
    }

    private func read() {
        var decoder = EventDecoder(rules: rules)
        while true {
            work.wait()
            let isOver = round == nil
            if !isOver { withUnsafeMutablePointer(to: &decoder) { readRound($0) } }
            done.signal()
            if isOver { return }
        }
    }

    private func readRound(_ decoder: UnsafeMutablePointer<EventDecoder>) {
        var run: DecodedRun?
        round?.read { lane in
            let next = spares.popLast() ?? DecodedRun(of: lane)
            next.begin(lane)
            run = next
            return { record in next.append(decoding: record, by: &decoder.pointee) }
        } ended: { queue, turn in
            if let run { steps.append(Step(queue: queue, turn: turn, run: run)) }
        }
    }
}
