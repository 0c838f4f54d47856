import Dispatch
import Foundation
import Glibc
import Pipeline
import Synchronization

/// The thread that writes checkpoints: it owns the state file from its first moment to its last.
final class CheckpointThread: Sendable {
    private let queue: CheckpointQueue
    /// The thread holds this lock as long as it lives.
    private let seat: Mutex<StateFile?>
    private let done = DispatchSemaphore(value: 0)

    private static let niceness: Int32 = 5

    init(_ file: consuming sending StateFile, queue: CheckpointQueue) {
        self.queue = queue
        seat = Mutex(file)
    }

    func start() {
        let thread = Thread { [self] in
            // Where processors are few, the stream goes first. On Linux a thread has a niceness of its own.
            nice(Self.niceness)
            seat.withLock { file in
                if let file = file.take() { Self.serve(queue, file) }
            }
            done.signal()
        }
        thread.name = "checkpoints"
        thread.start()
    }

    /// Waits for the end that the queue was told of. To be called once.
    func join() { done.wait() }

    /// Works off the queue until its end; a transaction that is then open is rolled back as the file closes.
    private static func serve(_ queue: CheckpointQueue, _ file: consuming StateFile) {
        var transaction = CheckpointTransaction(file) { queue.isHeldUp(by: $0) }
        while true {
            // Taken out one by one, so that nobody else holds the chunks whose memory is used again.
            var steps: [CheckpointQueue.Step] = queue.pull().reversed()
            while let step = steps.popLast() {
                switch consume step {
                case .rows(let chunks):
                    transaction.write(chunks)
                    queue.finished(chunks)
                case .commit(let description):
                    queue.report(transaction.commit(description))
                    transaction.foldLog()
                case .end: return
                }
            }
        }
    }
}
