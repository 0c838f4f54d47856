import KafkaLog
import Synchronization
import Telemetry

/// What the Kafka client had to say, kept until it can be printed without disturbing a progress bar.
final class KafkaNotices: Sendable {
    private let waiting = Mutex<[KafkaNotice]>([])
    private let console: Console

    init(console: Console) {
        self.console = console
    }

    /// Keeps warnings and errors; the rest is for logs.
    func take(_ notice: KafkaNotice) {
        guard notice.level >= .warning else { return }
        waiting.withLock { $0.append(notice) }
    }

    /// Prints what has come since the last time.
    func show(above meter: ProgressMeter? = nil) {
        let notices = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        guard !notices.isEmpty else { return }
        meter?.clear()
        for notice in notices { console.diagnostics.print("\(notice.level): \(printable(notice.text))") }
    }
}

extension CommandFailure {
    init(_ error: KafkaError) {
        self.init(error.isConfiguration ? .badConfiguration : .failed, printable(error.message))
    }
}
