import Events
import Foundation
import KafkaLog
import Pipeline
import RatingFiles
import Settings

@testable import streamctl

/// Real ratings, few enough for a test: four by each of the 610 users of ml-latest-small, in the order of time.
struct Ratings: Sendable {
    let table: RatingTable
    let catalog: [CatalogItem]

    static let few = Result { try Ratings() }

    private init() throws {
        let scratch = try Scratch()
        let all = try Data(contentsOf: Self.folder.appending(path: "ratings.csv")).split(
            separator: UInt8(ascii: "\n"))
        // The file goes from user to user, and each has twenty lines at least.
        var rows: [Data: Int] = [:]
        let some = all.dropFirst().filter { line in
            let row = rows[line.prefix { $0 != UInt8(ascii: ",") }, default: 0]
            rows[line.prefix { $0 != UInt8(ascii: ",") }] = row + 1
            return row < 20 && row % 5 == 0
        }
        let path = try scratch.write(
            "ratings.csv",
            ([all[0]] + some).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n"))
        var table = RatingTable()
        _ = try RatingFileReader().read(path, into: &table)
        table.sortByTime()
        self.table = table
        catalog = try MovieCatalogReader.read(Self.folder.appending(path: "movies.csv").path).items
            .filter { table.items.number(of: $0.item) != nil }
    }

    var count: Int { table.columns.count }

    /// What each user rated in these rows: when, and how.
    func byUser(rows: Range<Int>) -> [Identifier: [(item: String, rating: Float, timestampMs: Int64)]] {
        let columns = table.columns
        return rows.reduce(into: [:]) { users, row in
            users[table.users.id(columns.users[row]), default: []].append(
                (
                    table.items.id(columns.items[row]).text, columns.ratings[row], columns.timestampsMs[row]
                ))
        }
    }

    /// Publishes as `replay` does; returns when all is delivered.
    func publish(_ rows: Range<Int>, _ wiring: Wiring) throws {
        var publisher = RatingPublisher(
            table: table, topic: wiring.settings.kafka.topics.ratings,
            feedbackTopic: wiring.settings.kafka.topics.feedback,
            producer: try EventProducer(wiring.kafka) { _ in })
        _ = try publisher.publish(
            rows: rows, pace: .fast, mayPublish: { .max }, shouldStop: { false }, onProgress: { _ in })
        let tally = try publisher.finish(timeoutMs: 30_000)
        guard tally.delivered == rows.count else {
            throw Stuck(description: "\(rows.count) rows to deliver: \(tally)")
        }
    }

    func publishCatalog(_ wiring: Wiring) throws {
        try Message.publish(
            catalog.map { item in
                let value: JSON = [
                    "item_id": .text(item.item.text), "title": .text(item.title),
                    "genres": .list(item.genres.map(JSON.text)),
                ]
                return Message(
                    topic: .catalog, key: Array(item.item.text.utf8), value: Array("\(value)".utf8))
            }, wiring)
    }

    private static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Data/ml-latest-small")
    }
}
