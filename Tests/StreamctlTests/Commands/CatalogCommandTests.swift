import Events
import Foundation
import KafkaLog
import Testing

@testable import streamctl

@Suite(.ownThread) struct CatalogCommandTests {
    private static let csv = """
        movieId,title,genres
        1,"Toy Story (1995)",Adventure|Comedy
        2,Unknown,(no genres listed)

        """

    @Test func publishesItemsKeyedByItem() throws {
        let scratch = try Scratch()
        let file = try scratch.write("movies.csv", Self.csv)
        let broker = try EmbeddedBroker(topics: ["catalog.v1": 1])
        let heard = try run("\(file) --brokers \(broker.bootstrapServers)")
        #expect(heard.code == .done)
        #expect(heard.output.contains("2 rows read\n"))
        #expect(heard.output.hasSuffix("2 delivered, 0 failed\n"))
        let records = try published(at: broker.bootstrapServers, .catalog, named: "catalog.v1")
        #expect(records.map(\.key) == ["1", "2"])
        #expect(records.allSatisfy { $0.event != nil })
        #expect(records.first?.value.contains(#""genres":["Adventure","Comedy"],"year":1995"#) == true)
        #expect(records.last?.value.contains(#""genres":[],"year":null"#) == true)
    }

    @Test func aDryRunNeedsNoServer() throws {
        let scratch = try Scratch()
        let file = try scratch.write("movies.csv", "\(Self.csv)3,too,many,columns\n")
        let heard = try run("\(file) --dry-run --topic mine --brokers b:1")
        #expect(heard.output.contains("1 row refused (wrong-column-count)"))
        #expect(heard.output.hasSuffix("2 items of 2 genres would be published to mine at b:1\n"))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(run("\(file) --dry-run --json").output.utf8))
                as? [String: Any])
        #expect(json["items"] as? Int == 2)
        #expect(json["rows_refused"] as? Int == 1)
        #expect(json["dry_run"] as? Bool == true)
    }

    @Test func publishesNothingIfAFileCannotBeRead() throws {
        let scratch = try Scratch()
        let file = try scratch.write("movies.csv", Self.csv)
        let broker = try EmbeddedBroker(topics: ["catalog.v1": 1])
        let heard = try run("\(file) \(scratch.path)/missing --brokers \(broker.bootstrapServers)")
        #expect(heard.code == .failed)
        #expect(heard.failure?.contains("does not exist") == true)
        #expect(try published(at: broker.bootstrapServers, .catalog, named: "catalog.v1").isEmpty)
    }

    @Test func aMissingTopicIsSaidWithTheWayToMakeIt() throws {
        let scratch = try Scratch()
        let file = try scratch.write("movies.csv", Self.csv)
        let broker = try EmbeddedBroker(topics: ["nowhere": 1])
        broker.setMissing(true, topic: "nowhere")
        let heard = try run("\(file) --brokers \(broker.bootstrapServers) --topic nowhere")
        #expect(heard.code == .failed)
        #expect(heard.failure?.contains("topic 'nowhere' does not exist") == true)
        #expect(heard.failure?.contains("streamctl topics apply") == true)
    }

    private func run(_ words: String) throws -> Heard {
        try hear("catalog import \(words)") { (arguments, console) throws(CommandFailure) in
            try CatalogCommand.run(arguments, console: console)
        }
    }
}
