import Dispatch
import Foundation

/// Threads beside the one that we are on. They end when they are told to, and are waited for.
final class SideThreads {
    private let stop: @Sendable () -> Void
    private let group = DispatchGroup()

    /// - Parameter stop: tells all of them to end.
    init(stop: @escaping @Sendable () -> Void) {
        self.stop = stop
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
        stop()
        group.wait()
    }
}
