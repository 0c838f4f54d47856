import Dispatch
import Foundation
import Synchronization

/// The demo's threads beside the worker. They end when the signals say stop, and are waited for.
final class DemoThreads {
    private let signals: DemoSignals
    private let group = DispatchGroup()

    init(signals: DemoSignals) {
        self.signals = signals
    }

    func start(_ body: @escaping @Sendable () -> Void) {
        group.enter()
        let group = group
        Thread.detachNewThread {
            body()
            group.leave()
        }
    }

    /// Tells the threads to stop and waits until they have.
    func finish() {
        signals.shouldStop.store(true, ordering: .releasing)
        group.wait()
    }
}
