import Dispatch
import Glibc
import Synchronization

/// SIGINT and SIGTERM as a wish to stop in order; the second one ends the process at once.
final class StopSignal: Sendable {
    private let count = Atomic<Int>(0)

    /// Whether somebody wants us to stop.
    var isRaised: Bool { count.load(ordering: .relaxed) > 0 }

    /// Returns once signals are caught: one that comes before would be lost.
    static func install() -> StopSignal {
        let stop = StopSignal()
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            let isReady = DispatchSemaphore(value: 0)
            source.setRegistrationHandler { isReady.signal() }
            source.setEventHandler {
                // A coalesced delivery may stand for several signals.
                stop.raise(times: Int(source.data), number: number)
            }
            source.activate()
            isReady.wait()
            stop.sources.withLock { $0.append(source) }
        }
        return stop
    }

    private let sources = Mutex<[any DispatchSourceSignal]>([])

    private func raise(times: Int, number: Int32) {
        let raised = count.wrappingAdd(times, ordering: .relaxed).newValue
        // 128 + n is what a shell says of a process that a signal ended.
        if raised > 1 { _exit(128 + number) }
    }
}
