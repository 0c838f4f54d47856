import Events
import RatingFiles
import Telemetry

/// The ratings and the feedback of some files, all of it read and in the order of time.
struct RatingReading: Sendable {
    var table: RatingTable
    /// In the order in which they were named.
    var files: [RatingFile]

    /// Reads the files, with progress on standard error; names every file that cannot be read before it throws.
    ///
    /// - Parameters:
    ///   - actions: what feedback is called in them.
    ///   - times: rows outside are left out; epoch milliseconds.
    ///   - threads: that read a large file.
    init(
        _ paths: [String], actions: ActionNames = ActionNames(), times: Range<Int64> = .min..<Int64.max,
        threads: Int = 1, console: Console
    ) throws(CommandFailure) {
        var table = RatingTable()
        files = try console.readEach(paths) { (path) throws(RatingFileError) in
            let progress = ReadingProgress(path, console: console)
            defer { progress.clear() }
            let reader = RatingFileReader(actions: actions) { progress.update(done: $0, total: $1) }
            return try reader.read(path, into: &table, times: times, threads: threads)
        }
        table.sortByTime()
        self.table = table
    }

    /// How many of the rows are no ratings.
    func feedback(in rows: Range<Int>) -> Int {
        table.columns.mayHoldFeedback ? rows.count { table.columns.action($0) != .rating } : 0
    }
}

/// A bar for the reading of one file; it is drawn only when that takes long enough to be seen.
private final class ReadingProgress {
    private let label: String
    private let console: Console
    private let stopwatch = Stopwatch()
    private var meter: ProgressMeter?

    init(_ path: String, console: Console) {
        label = "reading \(fileName(path)), bytes"
        self.console = console
    }

    func update(done: Int, total: Int?) {
        if meter == nil {
            meter = console.meter(label, total: total.map { UInt64(clamping: $0) }, at: stopwatch)
        }
        meter?.update(done: UInt64(clamping: done), nowNs: stopwatch.nanoseconds)
    }

    func clear() { meter?.clear() }
}
