import Dispatch
import Evaluation
import Events
import Model
import Pipeline
import Ranking
import RatingFiles
import Telemetry

/// One evaluation: rows through a core, by one of two protocols.
struct EvaluationRun {
    var reading: RatingReading
    var catalog: CatalogFile
    /// Of the table, from its first row on.
    var rows: Int
    var options: CoreOptions
    var judgedEvery: Int
    var console: Console
    var onExpectation: ((Expectation) -> Void)?

    /// Every event is judged, then learned.
    func testThenLearn(shouldStop: () -> Bool) throws(CommandFailure) -> EvaluationReport {
        var feed = RatingFeed(reading.table)
        var core = try makeCore(describedBy: feed)
        var trial = Prequential(options: trialOptions)
        let stopwatch = Stopwatch()
        try learn(Array(0..<rows), &feed, &core, &trial, shouldStop: shouldStop)
        return report(
            "test-then-learn", core, epochs: nil, seconds: stopwatch.seconds, judgingNs: trial.judgingNs,
            parts: [
                .init(name: "whole", title: "whole stream", span: trial.whole),
                .init(name: "last_fifth", title: "last fifth", span: trial.lastFifth),
            ], bands: trial.bands, curve: trial.curve, calibration: trial.calibration)
    }

    /// One part is learned, and the rest is judged by a model that learns no more. With several epochs the ratings
    /// that are expected come from the batch that goes over the learned part so often; lists are those of one pass.
    func holdOut(
        _ split: Split, epochs: Int, shouldStop: () -> Bool
    ) throws(CommandFailure) -> EvaluationReport {
        let (learned, heldOut, leftOut) = try parts(of: split)
        var feed = RatingFeed(reading.table)
        var core = try makeCore(describedBy: feed)
        var trial = HeldOut(options: trialOptions)
        let stopwatch = Stopwatch()
        let learnedNs: UInt64
        try learn(learned, &feed, &core, &trial, shouldStop: shouldStop)
        let questions = feed.interactions(of: heldOut, rules: options.rules)
        if epochs > 1 {
            let fit = core.model.fit(epochs: epochs) {
                DispatchQueue.concurrentPerform(iterations: $0, execute: $1)
            }
            learnedNs = stopwatch.nanoseconds
            trial.judge(questions.events, rows: questions.rows, model: core.model) { user, item, _ in
                fit.predict(user: user ?? .max, item: item ?? .max)
            }
        } else {
            learnedNs = stopwatch.nanoseconds
            trial.judge(questions.events, rows: questions.rows, model: core.model) {
                core.model.predictRating(user: $0, item: $1, timestampMs: $2)
            }
        }
        let ns = stopwatch.nanoseconds
        return report(
            split.text, core, epochs: epochs, leftOut: leftOut, seconds: Double(ns) / 1e9,
            judgingNs: ns - learnedNs,
            parts: [.init(name: "whole", title: "held out", span: trial.span)],
            calibration: trial.calibration)
    }

    /// Rows to learn and rows to judge, of what counts once only: see `newestActs`.
    private func parts(
        of split: Split
    ) throws(CommandFailure) -> (learned: [Int], heldOut: [Int], leftOut: Int) {
        let kept = reading.table.newestActs(in: 0..<rows, rules: options.rules)
        let refused = kept.isEmpty ? reading.table.refused(in: 0..<rows, rules: options.rules) : []
        guard refused.isEmpty else { throw nothingLeft(refused) }
        let parts = split.parts(users: kept.map { reading.table.columns.users[$0] })
        guard !parts.learned.isEmpty, !parts.heldOut.isEmpty else {
            throw CommandFailure(
                .failed,
                "'--split \(split.text)' leaves \(counted(parts.learned.count, "row")) to learn and "
                    + "\(counted(parts.heldOut.count, "row")) to judge. Use a larger file, or another part."
            )
        }
        return (parts.learned.map { kept[$0] }, parts.heldOut.map { kept[$0] }, rows - kept.count)
    }

    private static let stopped = CommandFailure(
        .failed,
        "stopped before the end, so there is nothing to report. Run it again, perhaps with '--limit'.")

    /// A core that knows the catalogue and has learned nothing.
    private func makeCore(describedBy feed: RatingFeed) throws(CommandFailure) -> Core {
        var options = options
        // The trial judges for itself.
        options.judging = .none
        var core = Core(options: options)
        do throws(Trouble) {
            try feed.describe(catalog.items, to: &core)
        } catch {
            throw CommandFailure(.failed, error.message)
        }
        return core
    }

    private func learn(
        _ rows: [Int], _ feed: inout RatingFeed, _ core: inout Core,
        _ trial: inout some Witness & ~Copyable, shouldStop: () -> Bool
    ) throws(CommandFailure) {
        let stopwatch = Stopwatch()
        var meter = console.meter("evaluating", total: UInt64(rows.count), at: stopwatch)
        var isStopped = false
        do throws(Trouble) {
            try feed.feed(rows, to: &core, witness: &trial) { done in
                meter.update(done: UInt64(done), nowNs: stopwatch.nanoseconds)
                isStopped = shouldStop()
                return !isStopped
            }
        } catch {
            throw CommandFailure(.failed, error.message)
        }
        meter.clear()
        guard !isStopped else { throw Self.stopped }
        guard core.accounting.learned > 0 else { throw nothingLeft(core.accounting.rejections) }
    }

    /// Nothing can be judged by these files.
    func nothingLeft(_ refused: [(rule: Rule, count: UInt64)] = []) -> CommandFailure {
        NothingLeft(
            "to judge by", of: reading.files, refused: refused, table: reading.table, rules: options.rules
        ).failure
    }

    private var trialOptions: TrialOptions {
        var trial = TrialOptions(rows: rows)
        let columns = reading.table.columns
        let ratings = (0..<rows).lazy.filter { columns.action($0) == .rating }.map { columns.ratings[$0] }
        trial.scale = (ratings.min() ?? 0)...(ratings.max() ?? 0)
        trial.judgedEvery = judgedEvery
        trial.algorithm = options.ranking.algorithm
        trial.diversity = options.ranking.diversity
        trial.newcomers = options.ranking.newcomers
        trial.startRating = options.model.positiveRating
        trial.steadyNs = { Clock.steadyNs() }
        trial.onExpectation = onExpectation
        return trial
    }

    private var warnings: [String] {
        let columns = reading.table.columns
        return [
            OffScale(columns, rows: 0..<rows, rules: options.rules).warning,
            LikedScale(
                columns, rows: 0..<rows, rules: options.rules, positiveRating: options.model.positiveRating
            ).warning,
        ].compactMap(\.self)
    }

    private func report(
        _ name: String, _ core: borrowing Core, epochs: Int?, leftOut: Int = 0, seconds: Double,
        judgingNs: UInt64, parts: [EvaluationReport.Part], bands: [EventBand] = [], curve: [CurvePoint] = [],
        calibration: Calibration
    ) -> EvaluationReport {
        EvaluationReport(
            files: reading.files, protocolName: name, accounting: core.accounting,
            catalog: catalog, warnings: warnings, epochs: epochs, leftOut: leftOut, seconds: seconds,
            judgingSeconds: Double(judgingNs) / 1e9, judgedEvery: judgedEvery,
            algorithm: options.ranking.algorithm, diversity: options.ranking.diversity, parts: parts,
            bands: bands, curve: curve, calibration: calibration)
    }
}
