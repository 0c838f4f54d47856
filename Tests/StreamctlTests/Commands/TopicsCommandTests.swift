import Foundation
import KafkaLog
import Testing

@testable import streamctl

@Suite(.ownThread) struct TopicsCommandTests {
    private static let ratings = "name: ratings.v1\nkey: user_id\npartitions: 2\n"

    @Test func plansAgainstTheCluster() throws {
        let scratch = try Scratch()
        try scratch.write("ratings.yaml", Self.ratings)
        try scratch.write("other.yaml", "name: other\nkey: any\npartitions: 3\nconfigs:\n  retention.ms: 5\n")
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 2])
        let heard = try plan("--folder \(scratch.path) --set kafka.brokers=\(broker.bootstrapServers)")
        #expect(heard.code == .done)
        #expect(
            heard.output == """
                + create other: 3 partitions, replication 1, retention.ms=5
                = unchanged ratings.v1

                """)
        #expect(heard.diagnostics.contains("the settings name topic 'feedback.v1', which no file declares."))
        #expect(!heard.diagnostics.contains("'ratings.v1'"))
    }

    @Test func aRefusalIsAFailure() throws {
        let scratch = try Scratch()
        try scratch.write("ratings.yaml", Self.ratings)
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 3])
        let line = "--json --folder \(scratch.path) --set kafka.brokers=\(broker.bootstrapServers)"
        for heard in [try plan(line), try apply(line)] {
            #expect(heard.code == .failed)
            #expect(
                heard.failure == "1 step refused. Each line that begins with '!' says what to do instead.")
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? [String: Any])
            #expect(json["refusals"] as? Int == 1)
            #expect(json["applied"] as? Int == 0)
            let step = try #require((json["steps"] as? [[String: Any]])?.first)
            #expect(step["action"] as? String == "refuse")
            #expect(step["topic"] as? String == "ratings.v1")
        }
    }

    @Test func applySaysWhatTheBrokerCannotDo() throws {
        let scratch = try Scratch()
        try scratch.write("ratings.yaml", Self.ratings)
        let broker = try EmbeddedBroker()
        let heard = try apply("--folder \(scratch.path) --set kafka.brokers=\(broker.bootstrapServers)")
        #expect(heard.code == .failed)
        #expect(heard.output == "+ create ratings.v1: 2 partitions, replication 1\n")
        #expect(heard.failure?.contains("this broker does not support that admin call") == true)
    }

    @Test func saysWhenKafkaIsAway() throws {
        let scratch = try Scratch()
        try scratch.write("ratings.yaml", Self.ratings)
        let heard = try plan("--folder \(scratch.path) --set kafka.brokers=127.0.0.1:1")
        #expect(heard.code == .failed)
        #expect(heard.output.isEmpty)
        #expect(heard.failure?.hasPrefix("Kafka at 127.0.0.1:1 does not answer") == true)
    }

    @Test func refusesFilesThatAreWrongBeforeItAsksTheCluster() throws {
        let scratch = try Scratch()
        try scratch.write("a.yaml", "\(Self.ratings)shema: x\n")
        let wrong = try plan("--folder \(scratch.path) --set kafka.brokers=127.0.0.1:1")
        #expect(wrong.code == .badConfiguration)
        #expect(wrong.diagnostics.contains("a.yaml:4: error: shema is not a known key. Did you mean schema?"))
        #expect(wrong.failure == "the topic files have 1 error. Mend the lines above.")
        let missing = try plan("--folder \(scratch.path)/nothing")
        #expect(missing.code == .badConfiguration)
        #expect(
            missing.failure == "the topics folder '\(scratch.path)/nothing' does not exist. Check the path.")
    }

    private func plan(_ line: String) throws -> Heard {
        try hear("topics plan \(line)") { (arguments, console) throws(CommandFailure) in
            try TopicsCommand.runPlan(arguments, console: console)
        }
    }

    private func apply(_ line: String) throws -> Heard {
        try hear("topics apply \(line)") { (arguments, console) throws(CommandFailure) in
            try TopicsCommand.runApply(arguments, console: console)
        }
    }
}
