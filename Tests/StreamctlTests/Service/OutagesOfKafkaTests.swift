import Events
import Glibc
import KafkaLog
import RedisLists
import Testing

@testable import streamctl

/// The brokers go away, come back, and have deleted what was not read yet.
@Suite(.ownThread) struct OutagesOfKafkaTests {
    @Test func awayAtTheStartIsSaidOnceAndWaitedFor() throws {
        let trial = try OutageTrial.start { $0.broker.setDown(true) }
        try trial.program.hear("does not answer")
        trial.servers.broker.setDown(false)
        try trial.publish(0..<200)
        try trial.waitForLists(of: 0..<200)
        try trial.expectOrderlyEnd(learned: 0..<200)
        expectOneOutage(trial)
    }

    @Test func awayInTheMiddleIsSaidOnceAndLosesNothing() throws {
        let trial = try OutageTrial.start()
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
    }

    /// The embedded broker keeps about 5 MB of a partition: what it gave up while nobody read is gone.
    @Test func deletedRecordsAreToldAndTheRestIsRead() throws {
        var trial = try OutageTrial.start(partitions: 1)
        try trial.publish(0..<50)
        try trial.waitForLists(of: 0..<50)
        try trial.expectOrderlyEnd(learned: 0..<50)
        // Noise of a sort, so that compression does not make it small.
        var state: UInt32 = 1
        let messages = (0..<600).map { number in
            let noise = (0..<20_000).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return UInt8(ascii: "a") + UInt8(state >> 28)
            }
            let large = String(decoding: noise, as: UTF8.self)
            let value =
                #"{"user_id":"late-\#(number)","item_id":"1","rating":4,"timestamp":\#(1_700_000_000 + number),"#
                + #""note":"\#(large)"}"#
            return Message(topic: .ratings, key: Array("late-\(number)".utf8), value: Array(value.utf8))
        }
        try Message.publish(messages, trial.servers.wiring)
        try trial.startAgain()
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
    }

    private func expectOneOutage(_ trial: borrowing OutageTrial) {
        let complaints = trial.complaints
        #expect(complaints.count == 1, "\(complaints)")
        #expect(complaints.first?.contains("Freshet waits and goes on when it is back") == true)
        #expect(trial.program.said.split(separator: "\n").count { $0.contains("is back again") } == 1)
    }
}
