import Events
import Foundation
import KafkaLog
import RedisLists
import Settings
import StateStore
import Testing

@testable import streamctl

/// The brokers go away and come back, and are not what they were yesterday.
@Suite(.ownThread) struct OutagesOfKafkaTests {
    @Test func awayAtTheStartIsSaidOnceAndWaitedFor() throws {
        let trial = try OutageTrial.start { $0.broker.setDown(true) }
        try trial.program.hear("does not answer")
        trial.servers.broker.setDown(false)
        try trial.publish(0..<200)
        try trial.waitForLists(of: 0..<200)
        try trial.expectOrderlyEnd(learned: 0..<200)
        expectOneOutage(trial)
        // A backup of it will not go to topics that are divided otherwise.
        let kept = try StateFolder(trial.servers.wiring.stateFolder).snapshot().description.topics
        #expect(kept.contains(.init(topic: .ratings, name: "ratings.v1", partitions: 2)), "\(kept)")
        #expect(kept.count == 4)
    }

    @Test func awayInTheMiddleIsSaidOnceAndLosesNothing() throws {
        let scratch = try Scratch()
        let metrics = "\(scratch.path)/freshet.prom"
        let trial = try OutageTrial.start(set: ["log.metrics_file=\(metrics)"])
        try trial.publish(0..<200)
        try trial.waitForLists(of: 0..<200)
        trial.servers.broker.setDown(true)
        try trial.program.hear("does not answer")
        trial.servers.broker.setDown(false)
        try trial.program.hear("is back again")
        try trial.publish(200..<400)
        try trial.waitForLists(of: 0..<400)
        try trial.expectOrderlyEnd(learned: 0..<400)
        expectOneOutage(trial)
        let text = try String(contentsOfFile: metrics, encoding: .utf8)
        #expect(text.contains("freshet_outages_total{part=\"kafka\"} 1\n"), "\(text)")
        #expect(text.contains("freshet_outage{part=\"kafka\"} 0\n"))
    }

    /// The embedded broker keeps about 5 MB of a partition: what it gave up while nobody read is gone.
    @Test func deletedRecordsAreToldAndTheRestIsRead() throws {
        var trial = try OutageTrial.start(partitions: 1)
        try trial.publish(0..<50)
        try trial.waitForLists(of: 0..<50)
        try trial.expectOrderlyEnd(learned: 0..<50)
        #expect(trial.complaints == [])
        try Message.publish((0..<600).map(Self.large), trial.servers.wiring)
        let scratch = try Scratch()
        let metrics = "\(scratch.path)/freshet.prom"
        try trial.startAgain(set: ["log.metrics_file=\(metrics)"])
        try trial.program.hear(
            "has deleted records that were not read yet; reading goes on with what is left")
        var front = Front(trial.servers)
        try trial.program.wait("the list of the last one") {
            try front.reader.users(limit: 1_000).contains { $0.text == "late-599" }
        }
        trial.program.signal(SIGTERM)
        let end = try trial.program.end()
        #expect(end.code == 0)
        #expect(end.output.contains("(the sum holds)"))
        #expect(trial.complaints.count { $0.contains("longer retention.ms") } == 1, "\(trial.complaints)")
        let text = try String(contentsOfFile: metrics, encoding: .utf8)
        #expect(text.contains("freshet_log_gaps_total 1\n"), "\(text)")
    }

    /// Other brokers stand at the address, with logs that are shorter than what was learned and one partition more.
    @Test func otherTopicsThanYesterdayAreToldAndRead() throws {
        var trial = try OutageTrial.start(partitions: 1)
        try trial.publish(0..<50)
        try trial.waitForLists(of: 0..<50)
        try trial.expectOrderlyEnd(learned: 0..<50)
        let others = try startServers(partitions: 2)
        try trial.startAgain(set: ["kafka.brokers=\(others.broker.bootstrapServers)"])
        try trial.program.hear("'ratings.v1' had 1 partition and has 2")
        try trial.program.hear("longer retention.ms")
        try trial.ratings.publish(50..<100, others.wiring)
        try trial.program.hear("a partition's log was made anew; it is read from its beginning")
        try trial.waitForLists(of: 0..<100)
        try trial.expectOrderlyEnd(learned: 0..<100)
    }

    /// A rating with so much beside it that a few hundred of them are more than a partition keeps: noise of a sort, so
    /// that compression does not make it small.
    private static func large(_ number: Int) -> Message {
        var state = UInt32(truncatingIfNeeded: number)
        let noise = (0..<20_000).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(ascii: "a") + UInt8(state >> 28)
        }
        let value =
            #"{"user_id":"late-\#(number)","item_id":"1","rating":4,"timestamp":\#(1_700_000_000 + number),"#
            + #""note":"\#(String(decoding: noise, as: UTF8.self))"}"#
        return Message(topic: .ratings, key: Array("late-\(number)".utf8), value: Array(value.utf8))
    }

    private func expectOneOutage(_ trial: borrowing OutageTrial) {
        let complaints = trial.complaints
        #expect(complaints.count == 1, "\(complaints)")
        #expect(complaints.first?.contains("Freshet waits and goes on when it is back") == true)
        #expect(trial.program.said.split(separator: "\n").count { $0.contains("is back again") } == 1)
    }
}
