import Dispatch
import Glibc
import Synchronization

/// SIGINT and SIGTERM as a flag that a loop asks. A second signal ends the process at once.
///
/// Signals do what they did before as soon as the value is gone.
struct Interrupt: ~Copyable {
    private static let signals = [SIGINT, SIGTERM]

    private let flag = Flag()
    private let sources: [any DispatchSourceSignal]

    /// Returns when signals are being listened to: one that came earlier would be lost.
    init() {
        let queue = DispatchQueue(label: "signals")
        let flag = flag
        let listening = DispatchSemaphore(value: 0)
        sources = Self.signals.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                if flag.raised.exchange(true, ordering: .relaxed) { _exit(128 + number) }
            }
            source.setRegistrationHandler { listening.signal() }
            source.resume()
            return source
        }
        for _ in sources { listening.wait() }
    }

    deinit {
        for source in sources { source.cancel() }
        for number in Self.signals { signal(number, SIG_DFL) }
    }

    var isRaised: Bool { flag.raised.load(ordering: .relaxed) }

    private final class Flag: Sendable {
        let raised = Atomic(false)
    }
}
