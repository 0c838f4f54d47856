import Foundation
import KafkaLog
import RedisLists
import Settings
import Testing

@testable import streamctl

@Suite(.ownThread) struct DoctorCommandTests {
    @Test func isContentWhenEverythingIsThere() throws {
        let scratch = try Scratch()
        let redis = try PrivateRedis(tcp: true)
        let broker = try EmbeddedBroker(topics: [
            "ratings.v1": 2, "feedback.v1": 2, "erasures.v1": 2, "catalog.v1": 1, "dead-letters.v1": 1,
        ])
        let address = redis.tcpAddress
        let url = try #require(address)
        let heard = try doctor(
            "--set kafka.brokers=\(broker.bootstrapServers) --set redis.url=\(url) "
                + "--set state.folder=\(scratch.path)/not/yet")
        #expect(heard.code == .done, "\(heard)")
        let lines = heard.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0] == "ok    kafka: 1 broker at \(broker.bootstrapServers).")
        #expect(lines[1].hasPrefix("ok    topics: There are ratings.v1 (2 partitions), feedback.v1"))
        #expect(lines[2].hasSuffix("at \(url) answers."))
        #expect(lines[3].contains("'\(scratch.path)/not/yet' is not there yet and can be made"))
    }

    @Test func oneFailureNeverHidesAnother() throws {
        let scratch = try Scratch()
        let file = try scratch.write("file", "")
        let heard = try doctor(
            "--json --set kafka.brokers=127.0.0.1:1 --set redis.url=redis://127.0.0.1:1 --set state.folder=\(file)"
        )
        #expect(heard.code == .failed)
        #expect(heard.failure == "3 checks failed. Each line above ends with its mend.")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(heard.output.utf8)) as? [String: Any])
        #expect(json["ok"] as? Bool == false)
        let checks = try #require(json["checks"] as? [[String: Any]])
        #expect(checks.map { $0["subject"] as? String } == ["kafka", "redis", "state"])
        #expect(checks.allSatisfy { $0["level"] as? String == "fail" && $0["mend"] as? String != "" })
    }

    @Test func topicsOfOneKeyAreDividedAlike() throws {
        let broker = try EmbeddedBroker(topics: [
            "ratings.v1": 4, "feedback.v1": 4, "erasures.v1": 3, "catalog.v1": 1,
        ])
        var kafka = KafkaSettings()
        kafka.brokers = broker.bootstrapServers
        let wrong = KafkaCheck.look(kafka).filter { $0.level == .fail }
        #expect(
            wrong.map(\.message) == [
                "Topic 'dead-letters.v1' does not exist.",
                "erasures.v1 has 3 partitions and ratings.v1 4, and both are keyed by user.",
            ])
    }

    @Test func knowsWhatAFolderCanBe() throws {
        let scratch = try Scratch()
        let file = try scratch.write("folder/file", "")
        #expect(FolderCheck.look("\(scratch.path)/folder").map(\.level) == [.ok])
        #expect(FolderCheck.look("\(scratch.path)/new/").map(\.level) == [.ok])
        #expect(FolderCheck.look(file).map(\.message) == ["'\(file)' is not a folder."])
        let below = FolderCheck.look("\(file)/below")
        #expect(below.map(\.message) == ["'\(file)/below' cannot be reached: Not a directory."])
        #expect(FolderCheck.look("relative-and-not-there").map(\.level) == [.ok])
    }

    @Test func refusesWrongSettings() throws {
        #expect(try doctor("--set a.b=c").code == .badConfiguration)
    }

    private func doctor(_ line: String) throws -> Heard {
        try hear("doctor \(line)") { (arguments, console) throws(CommandFailure) in
            try DoctorCommand.run(arguments, console: console)
        }
    }
}
