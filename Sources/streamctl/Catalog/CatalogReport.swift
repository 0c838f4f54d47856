import Events
import KafkaLog
import RatingFiles
import Telemetry

/// What an import read, sent and left out.
struct CatalogReport: Sendable {
    var files: [MovieCatalog]
    var topic: String
    var brokers: String
    /// `nil` in a dry run.
    var outcome: Outcome?

    struct Outcome: Sendable {
        var sent: Int
        var tally: EventProducer.Tally
        var seconds: Double
    }

    /// In the order of the files; of an item that is described twice the later one holds, also in Kafka.
    var items: [CatalogItem] { files.flatMap(\.items) }

    private var count: Int { files.reduce(0) { $0 + $1.items.count } }
    private var refused: Int { files.reduce(0) { $0 + $1.refusals.total } }
    private var genres: Int { Set(files.flatMap { $0.items.flatMap(\.genres) }).count }

    /// What to say when not everything is where it should be.
    var failure: CommandFailure? {
        guard let outcome, outcome.tally.delivered < count else { return nil }
        let reason =
            outcome.tally.firstFailure
            ?? (outcome.sent < count ? "it was stopped" : "Kafka did not confirm them in time")
        return CommandFailure(
            .failed,
            "\(counted(count - outcome.tally.delivered, "item")) did not reach Kafka: \(reason). "
                + "Check that \(brokers) is up ('streamctl doctor'), then import again.")
    }

    var json: JSON {
        var members: [(name: String, value: JSON)] = [
            ("files", .list(files.map(\.json))), ("items", .whole(count)), ("rows_refused", .whole(refused)),
            ("genres", .whole(genres)), ("dry_run", .flag(outcome == nil)), ("topic", .text(topic)),
            ("brokers", .text(brokers)),
        ]
        if let outcome {
            members += [
                ("sent", .whole(outcome.sent)), ("delivered", .whole(outcome.tally.delivered)),
                ("failed", .whole(outcome.sent - outcome.tally.delivered)),
                ("first_failure", .text(orNull: outcome.tally.firstFailure)),
                ("seconds", .number(outcome.seconds)),
            ]
        }
        return .object(members)
    }

    var text: String {
        let place = "\(topic) at \(brokers)"
        let what = "\(counted(count, "item")) of \(counted(genres, "genre"))"
        guard let outcome else { return lines + "\(what) would be published to \(place)\n" }
        let (delivered, failed) = (outcome.tally.delivered, outcome.sent - outcome.tally.delivered)
        return lines
            + "\(what) sent to \(place): \(grouped(UInt64(delivered))) delivered, \(failed) failed\n"
    }

    private var lines: String { files.map(\.text).joined() }
}

extension MovieCatalog {
    fileprivate var json: JSON {
        [
            "path": .text(path), "format": .text(format.family.rawValue), "rows_read": .whole(rowsRead),
            "rows_refused": .whole(refusals.total),
            "refusals": .list(
                refusals.entries.map { ["rule": .text($0.fault.rawValue), "count": .whole($0.count)] }),
        ]
    }

    fileprivate var text: String {
        let head = "\(fileName(path)): \(format.family.rawValue), \(counted(rowsRead, "row")) read"
        return ([head] + refusals.lines).map { "\($0)\n" }.joined()
    }
}
