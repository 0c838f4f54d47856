import Synchronization

/// What the demo's threads tell each other.
final class DemoSignals: Sendable {
    /// Events that the worker has read.
    let read = Atomic<Int>(0)
    /// Whether everything that was read is also in Redis.
    let isSettled = Atomic<Bool>(false)
    let isPublished = Atomic<Bool>(false)
    let shouldStop = Atomic<Bool>(false)
    private let failure = Mutex<CommandFailure?>(nil)

    /// The first failure of any thread ends the demo.
    func fail(_ reason: CommandFailure) {
        failure.withLock { $0 = $0 ?? reason }
        shouldStop.store(true, ordering: .relaxed)
    }

    func check() throws(CommandFailure) {
        if let reason = failure.withLock({ $0 }) { throw reason }
    }

    var isStopping: Bool { shouldStop.load(ordering: .relaxed) }
}
