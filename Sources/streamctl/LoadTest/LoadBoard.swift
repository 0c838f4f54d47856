import Load
import Synchronization
import Telemetry

/// What the threads of a load test tell each other, and what they have measured.
final class LoadBoard: Sendable {
    private struct State {
        var watchlist: Watchlist
        var freshnessNs = Histogram()
        /// By slice of time in which the event was due.
        var slices: [Histogram?] = []
        var failure: CommandFailure?
        var outcome: SendOutcome?
    }

    /// What the sender has to tell when it is done.
    struct SendOutcome: Sendable {
        var sent: Fates
        var delivered: Int
        var failed: Int
        var firstFailure: String?
        var longestDelayNs: UInt64
        var keptItsRate: Bool
        /// From the first event of the schedule to the last.
        var seconds: Double
        /// By user, the time of the newest event that must be learned; `.min` where there is none.
        var newestMs: [Int64]
    }

    /// Events that were handed to Kafka.
    let sent = Atomic<Int>(0)
    /// Events that the processor is done with.
    let done = Atomic<Int>(0)
    /// When the schedule begins, by the steady clock; 0 before the processor has answered.
    let startNs = Atomic<UInt64>(0)
    let shouldStop = Atomic<Bool>(false)
    private let state: Mutex<State>
    private let sliceNs: UInt64
    private let warmUpNs: UInt64

    init(plan: LoadPlan) {
        sliceNs = plan.sliceNs
        warmUpNs = plan.warmUpNs
        state = Mutex(State(watchlist: Watchlist(limit: 200_000)))
    }

    var isStopping: Bool { shouldStop.load(ordering: .relaxed) }

    /// The first failure of any thread ends the test.
    func fail(_ reason: CommandFailure) {
        state.withLock { $0.failure = $0.failure ?? reason }
        shouldStop.store(true, ordering: .relaxed)
    }

    func check() throws(CommandFailure) {
        if let reason = state.withLock({ $0.failure }) { throw reason }
    }

    /// The sender is done.
    func finish(_ outcome: SendOutcome) { state.withLock { $0.outcome = outcome } }

    var outcome: SendOutcome? { state.withLock { $0.outcome } }

    /// Looks for an event that was due then, in nanoseconds from the start.
    func watch(_ event: LoadEvent, dueNs: UInt64) -> UInt32? {
        state.withLock { $0.watchlist.watch(event, dueNs: dueNs) }
    }

    func placed(_ tag: UInt32, partition: Int32, offset: Int64) {
        state.withLock { state in
            record(state.watchlist.placed(tag, partition: partition, offset: offset), &state)
        }
    }

    /// The next users to look at.
    func users(atMost count: Int) -> [UInt32] { state.withLock { $0.watchlist.users(atMost: count) } }

    func saw(_ sightings: [(user: UInt32, what: Watchlist.Sighting?)], atNs: UInt64) {
        state.withLock { state in
            for (user, what) in sightings {
                record(state.watchlist.saw(what, of: user, atNs: atNs), &state)
            }
        }
    }

    /// Events that were not seen yet.
    var pending: Int { state.withLock { $0.watchlist.count } }

    /// Latencies after the warm-up, all and by slice, and how many events were not seen or not looked for.
    var freshness: (all: Histogram, slices: [Histogram?], missed: Int, leftOut: Int) {
        state.withLock { ($0.freshnessNs, $0.slices, $0.watchlist.count, $0.watchlist.leftOut) }
    }

    private func record(_ seen: [Watchlist.Seen], _ state: inout State) {
        for one in seen {
            if one.dueNs >= warmUpNs { state.freshnessNs.record(one.latencyNs) }
            let slice = Int(one.dueNs / sliceNs)
            while state.slices.count <= slice { state.slices.append(nil) }
            var histogram = state.slices[slice].take() ?? Histogram()
            histogram.record(one.latencyNs)
            state.slices[slice] = histogram
        }
    }
}
