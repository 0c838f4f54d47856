import Events
import KafkaLog
import Model
import Pipeline
import RatingFiles
import Telemetry

/// What a bootstrap read, learned and wrote.
struct BootstrapReport: Sendable {
    var plan: BootstrapPlan
    var files: [RatingFile] = []
    var trial: HeldOutTrial.Outcome?
    /// Epochs over all ratings.
    var epochs = 0
    /// `nil` in a dry run.
    var learned: Learned?
    /// `nil` where none were to be written.
    var lists: ListWriting.Outcome?
    /// Seconds of each part of the work, in the order in which they were done.
    private(set) var parts: [(name: String, seconds: Double)] = []

    struct Learned: Sendable {
        var accounting: Accounting
        var users: Int
        var items: Int
        var folder: String
        /// Where streaming goes on.
        var positions: [Position]
        /// Of ratings and feedback: records that are in the log before that.
        var passedOver: Int64
    }

    init(plan: BootstrapPlan) {
        self.plan = plan
    }

    /// A part of the work ends, and the next begins.
    mutating func took(_ name: String, _ stopwatch: inout Stopwatch) {
        parts.append((name, stopwatch.seconds))
        stopwatch = Stopwatch()
    }

    mutating func note(_ core: borrowing Core, _ places: [LogPlace], folder: String) {
        let keyed = places.filter { [.ratings, .feedback].contains($0.lane.topic) }
        learned = Learned(
            accounting: core.accounting, users: core.model.users.count, items: core.model.items.count,
            folder: folder, positions: core.knownPositions.sorted { $0.lane < $1.lane },
            passedOver: keyed.reduce(0) { $0 + ($1.start - $1.low) })
    }

    /// Why not everything is done that was asked for, with the way to go on.
    var failure: CommandFailure? {
        guard let trouble = lists?.trouble else { return nil }
        return CommandFailure(
            .failed,
            "the state is kept, but not all lists could be written: \(trouble) What is missing is owed: "
                + "'streamctl run' writes it.")
    }

    private var seconds: Double { parts.reduce(0) { $0 + $1.seconds } }
}

extension BootstrapReport {
    var text: String {
        var lines = files.map { String($0.text.dropLast()) }
        if let trial { lines += Self.lines(of: trial, epochs: plan.isDryRun ? nil : epochs) }
        if let learned { lines += Self.lines(of: learned, plan) }
        if let lists {
            lines.append(
                "lists         \(counted(lists.lists, "user")), neighbours of \(counted(lists.neighbours, "item"))"
            )
        } else if learned != nil {
            lines.append("lists         none written; 'streamctl run' writes them")
        }
        let took = parts.map { "\($0.name) \(Figures.decimals($0.seconds, 2))" }.joined(separator: ", ")
        lines.append("took          \(Figures.decimals(seconds, 2)) s: \(took)")
        return lines.map { "\($0)\n" }.joined()
    }

    private static func lines(of trial: HeldOutTrial.Outcome, epochs: Int?) -> [String] {
        var lines: [String] = []
        if let last = trial.points.last, let best = trial.best {
            lines.append(
                "held out      \(counted(trial.heldOut, "rating")): RMSE \(Figures.decimals(last.heldOut, 4)) after "
                    + "\(counted(last.epoch, "epoch")), best \(Figures.decimals(best.heldOut, 4)) after \(best.epoch)"
            )
        } else {
            lines.append("held out      nothing: there are fewer than 20 ratings, or no epochs")
        }
        if let epochs { lines.append("epochs        \(epochs) over all ratings") }
        return lines
    }

    private static func lines(of learned: Learned, _ plan: BootstrapPlan) -> [String] {
        var lines = [AccountingText.sum(learned.accounting)]
        lines += learned.accounting.rejections.map {
            "  refused     \(grouped($0.count)) \($0.rule.rawValue)"
        }
        lines.append(
            "learned       \(grouped(UInt64(learned.users))) users, \(grouped(UInt64(learned.items))) items")
        lines.append(
            "state         \(printable(learned.folder)): 'streamctl run' goes on in "
                + "\(counted(learned.positions.count, "partition"))")
        if learned.passedOver > 0 {
            lines.append(
                "  passed over \(grouped(UInt64(learned.passedOver))) records of ratings and feedback that the log "
                    + "holds already; '--offset earliest' reads them, and what the files held counts as duplicate "
                    + "or late")
        }
        return lines
    }

    var json: JSON {
        var members: [(name: String, value: JSON)] = [
            ("files", .list(files.map(\.json))), ("dry_run", .flag(plan.isDryRun)),
            ("epochs", plan.isDryRun ? .null : .whole(epochs)),
        ]
        if let trial {
            members += [
                ("held_out", .whole(trial.heldOut)),
                (
                    "curve",
                    .list(
                        trial.points.map {
                            [
                                "epoch": .whole($0.epoch), "rmse_learned": .exact($0.learned),
                                "rmse_held_out": .exact($0.heldOut),
                            ]
                        })
                ),
            ]
        }
        if let learned { members += Self.members(of: learned) }
        if let lists {
            members += [
                ("lists", .whole(lists.lists)), ("neighbours", .whole(lists.neighbours)),
                ("lists_complete", .flag(lists.trouble == nil)),
            ]
        }
        let took = parts.map { (name: $0.name, value: JSON.number($0.seconds)) }
        members.append(("seconds", .object(took + [(name: "all", value: JSON.number(seconds))])))
        return .object(members)
    }

    private static func members(of learned: Learned) -> [(name: String, value: JSON)] {
        let accounting = learned.accounting
        let rejected = accounting.rejections.map {
            (name: $0.rule.rawValue, value: JSON.whole(Int($0.count)))
        }
        let positions = learned.positions.map { position -> JSON in
            [
                "topic": .text("\(position.lane.topic)"), "partition": .whole(Int(position.lane.partition)),
                "offset": .whole(Int(position.offset)),
            ]
        }
        return [
            ("read", .whole(Int(accounting.read))), ("learned", .whole(Int(accounting.learned))),
            ("duplicate", .whole(Int(accounting.duplicate))), ("late", .whole(Int(accounting.late))),
            ("rejected", .whole(Int(accounting.rejected))), ("rejected_by_rule", .object(rejected)),
            ("users", .whole(learned.users)), ("items", .whole(learned.items)),
            ("state", .text(learned.folder)), ("positions", .list(positions)),
            ("passed_over", .whole(Int(learned.passedOver))),
        ]
    }
}
