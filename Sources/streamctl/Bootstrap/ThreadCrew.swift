import Dispatch
import Foundation
import Model

/// Threads that are lent to the pure rooms for sums that can be worked on side by side.
struct ThreadCrew: Sendable {
    let count: Int

    /// As many as this process may use at once.
    static var coreCount: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    init(_ count: Int) {
        precondition(count > 0)
        self.count = count
    }

    var parallel: Parallel {
        guard count > 1 else { return serially }
        return { [count] jobs, body in
            let threads = min(count, jobs)
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                for job in stride(from: thread, to: jobs, by: threads) { body(job) }
            }
        }
    }
}
