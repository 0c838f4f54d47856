import Events
import KafkaLog
import Model
import Pipeline
import RatingFiles
import RedisLists
import Settings
import State
import StateStore
import Telemetry

/// A batch start: learns rating files as `run` would have, the ratings once more in epochs, and leaves a state from
/// which `run` goes on.
///
///     files ─▶ core, as from the log ─▶ epochs ─▶ state, in one step ─▶ lists
///       └────▶ the same epochs but for what is held out, beside it: the curve, and how many are worth it
///
/// Until the state is there nothing has changed anywhere; from then on what is missing is owed, and `run` does it.
struct Bootstrap {
    var wiring: Wiring
    var plan: BootstrapPlan
    var console: Console
    var listWriting = ListWriting()

    private static let stopped = CommandFailure(.failed, "stopped before the end: nothing was written.")

    /// - Parameter shouldStop: asked often.
    func run(_ paths: [String], shouldStop: () -> Bool) throws(CommandFailure) -> BootstrapReport {
        var report = BootstrapReport(plan: plan)
        let places = plan.isDryRun ? [] : try look()
        let draft: StateDraft?
        if plan.isDryRun { draft = nil } else { draft = try makeDraft() }
        var stopwatch = Stopwatch()
        let reading = try RatingReading(
            paths, actions: plan.actions, threads: plan.threads, console: console)
        report.took("read", &stopwatch)
        report.files = reading.files
        let trialRatings = TrialRatings(reading.table, rules: wiring.core.rules, nowMs: Clock.nowMs())
        guard !trialRatings.nothingIsLeft else { throw nothingLeft(reading, trialRatings.refused) }
        let ratings = trialRatings.ratings
        let crew = ThreadCrew(plan.threads)
        switch consume draft {
        case .none:
            let outcome = trial.run(ratings, parallel: crew.parallel)
            show(outcome)
            report.trial = outcome
            report.took("hold_out", &stopwatch)
            return report
        case .some(let draft):
            return try learn(reading, ratings, places, draft: draft, crew, report, shouldStop: shouldStop)
        }
    }

    private func learn(
        _ reading: RatingReading, _ ratings: BatchRatings, _ places: [LogPlace],
        draft: consuming StateDraft, _ crew: ThreadCrew, _ before: BootstrapReport, shouldStop: () -> Bool
    ) throws(CommandFailure) -> BootstrapReport {
        var report = before
        var stopwatch = Stopwatch()
        var core = try begin(places, shouldStop: shouldStop)
        report.took("catalog", &stopwatch)
        // The heads learn one event after the other, which leaves the other cores to the trial.
        let answer: () -> HeldOutTrial.Outcome
        if crew.count > 1 {
            answer = trial.start(ratings, parallel: ThreadCrew(crew.count - 1).parallel)
        } else {
            answer = { [trial] in trial.run(ratings, parallel: serially) }
        }
        try learn(reading, places, &core, shouldStop: shouldStop)
        report.took("learn", &stopwatch)
        let outcome = answer()
        show(outcome)
        (report.trial, report.epochs) = (outcome, epochs(after: outcome))
        report.took("hold_out", &stopwatch)
        core.learnAgain(epochs: report.epochs, options: batchOptions, parallel: crew.parallel)
        report.took("epochs", &stopwatch)
        guard !shouldStop() else { throw Self.stopped }
        let file = try keep(&core, in: draft, places)
        report.took("state", &stopwatch)
        report.note(core, places, folder: wiring.settings.state.folder)
        if plan.writesLists {
            report.lists = try writeLists(&core, then: file, places, shouldStop: shouldStop)
            report.took("lists", &stopwatch)
        }
        return report
    }

    /// The curve, a line for each epoch.
    private func show(_ outcome: HeldOutTrial.Outcome) {
        for point in outcome.points {
            console.diagnostics.print(
                "epoch \(point.epoch): RMSE \(Figures.decimals(point.learned, 4)) learned, "
                    + "\(Figures.decimals(point.heldOut, 4)) held out")
        }
    }

    private var batchOptions: BatchOptions {
        BatchOptions(
            epochs: plan.endsWhenConverged ? BatchOptions().epochs : plan.epochs,
            seed: plan.seed ?? UInt64(wiring.settings.model.seed), factors: wiring.settings.model.factors)
    }

    private var trial: HeldOutTrial {
        HeldOutTrial(
            epochsMax: plan.epochs, endsWhenConverged: plan.endsWhenConverged, options: batchOptions)
    }

    private func epochs(after outcome: HeldOutTrial.Outcome) -> Int {
        guard plan.endsWhenConverged else { return plan.epochs }
        // With nothing to hold out there is nothing to see.
        return outcome.best?.epoch ?? min(plan.epochs, BatchOptions().epochs)
    }

    private func nothingLeft(
        _ reading: RatingReading, _ refused: [(rule: Rule, count: UInt64)]
    ) -> CommandFailure {
        NothingLeft(
            "to learn", of: reading.files, refused: refused, table: reading.table, rules: wiring.core.rules
        ).failure
    }

    private func look() throws(CommandFailure) -> [LogPlace] {
        let places: [LogPlace]
        do throws(KafkaError) {
            places = try LogPlaces.look(wiring.kafka, topics: wiring.topics, start: plan.start)
        } catch {
            throw CommandFailure(error)
        }
        guard places.contains(where: { $0.lane.topic == .ratings }) else {
            throw CommandFailure(
                .failed,
                "topic '\(wiring.settings.kafka.topics.ratings)' does not exist at "
                    + "\(wiring.settings.kafka.brokers). Create it with 'streamctl topics apply', or correct its "
                    + "name under kafka.topics.")
        }
        return places
    }

    /// A core that knows what items there are and who is to be forgotten.
    private func begin(
        _ places: [LogPlace], shouldStop: () -> Bool
    ) throws(CommandFailure) -> Core {
        var core = Core(options: wiring.core)
        try keepTombstones(in: &core)
        let standing = StandingTopics(connection: wiring.kafka, names: wiring.topics, places: places)
        try standing.read(into: &core, shouldStop: shouldStop)
        return core
    }

    private func learn(
        _ reading: RatingReading, _ places: [LogPlace], _ core: inout Core, shouldStop: () -> Bool
    ) throws(CommandFailure) {
        let table = reading.table
        let keyed = places.filter { [.ratings, .feedback].contains($0.lane.topic) }
        let partitions = Int32(keyed.count { $0.lane.topic == .ratings })
        var feed = HistoryFeed(table, partitionCount: partitions, nowMs: Clock.nowMs())
        let stopwatch = Stopwatch()
        var meter = console.meter("learning", total: UInt64(table.columns.count), at: stopwatch)
        let isWhole: Bool
        do throws(Trouble) {
            isWhole = try feed.feed(to: &core, before: keyed.map(\.position)) { done in
                meter.update(done: UInt64(done), nowNs: stopwatch.nanoseconds)
                return !shouldStop()
            }
        } catch {
            throw CommandFailure(.failed, error.message)
        }
        meter.clear()
        guard isWhole else { throw Self.stopped }
        guard core.accounting.learned > 0 else { throw nothingLeft(reading, core.accounting.rejections) }
    }
}
