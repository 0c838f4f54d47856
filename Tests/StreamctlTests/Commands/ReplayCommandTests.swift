import Events
import Foundation
import KafkaLog
import Settings
import Testing

@testable import streamctl

@Suite(.ownThread) struct ReplayCommandTests {
    private static let csv = """
        userId,movieId,rating,timestamp
        1,20,4.5,1500000003
        2,10,3,1500000001
        1,10,0.5,1500000001
        1,30,5,1500000002

        """

    @Test func publishesInTheOrderOfTimeKeyedByUser() throws {
        let scratch = try Scratch()
        let file = try scratch.write("ratings.csv", Self.csv)
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        let heard = try replay("\(file) --brokers \(broker.bootstrapServers)")
        #expect(heard.code == .done)
        #expect(heard.output.contains("MovieLens ratings.csv, 4 rows read\n"))
        #expect(heard.output.hasSuffix("4 delivered, 0 failed\n"))
        let records = try published(at: broker.bootstrapServers)
        #expect(
            records.map(\.value) == [
                #"{"user_id":"2","item_id":"10","rating":3,"timestamp":1500000001000}"#,
                #"{"user_id":"1","item_id":"10","rating":0.5,"timestamp":1500000001000}"#,
                #"{"user_id":"1","item_id":"30","rating":5,"timestamp":1500000002000}"#,
                #"{"user_id":"1","item_id":"20","rating":4.5,"timestamp":1500000003000}"#,
            ])
        #expect(records.map(\.key) == ["2", "1", "1", "1"])
        #expect(records.allSatisfy { $0.event != nil })
    }

    @Test func recordsAreStampedWithTheTimeOfSending() throws {
        let scratch = try Scratch()
        let file = try scratch.write("ratings.csv", Self.csv)
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        let beforeMs = Int64(Date().timeIntervalSince1970 * 1000)
        _ = try replay("\(file) --brokers \(broker.bootstrapServers)")
        for record in try published(at: broker.bootstrapServers) {
            #expect(try #require(record.arrivedMs) >= beforeMs)
        }
    }

    @Test func sendsViewsToTheFeedbackTopic() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "books.csv", "User-ID,ISBN,Book-Rating\n276725,034545104X,0\n276726,0155061224,5\n")
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1, "feedback.v1": 1])
        let heard = try replay("\(file) --brokers \(broker.bootstrapServers)")
        #expect(heard.output.contains("it has no times: they are made up"))
        #expect(heard.output.contains("2 rows sent to ratings.v1 (1 of feedback to feedback.v1) at"))
        let records =
            try published(at: broker.bootstrapServers)
            + published(at: broker.bootstrapServers, .feedback, named: "feedback.v1")
        #expect(
            records.map(\.value) == [
                #"{"user_id":"276726","item_id":"0155061224","rating":5,"timestamp":946684801000}"#,
                #"{"user_id":"276725","item_id":"034545104X","action":"view","timestamp":946684800000}"#,
            ])
        #expect(records.allSatisfy { $0.event != nil })
    }

    @Test func sendsActionsWithTheirValues() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "events.csv",
            "timestamp,event,visitorid,itemid,value\n1500000003,buy,u,a,\n1500000001,click,u,a,0.5\n"
                + "1500000002,rating,v,a,4\n1500000004,cart,u,a,\n")
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1, "feedback.v1": 1])
        let heard = try replay("\(file) --action buy=purchase --brokers \(broker.bootstrapServers)")
        #expect(heard.output.contains("  1 row refused (unknown-action): the action has none of the names "))
        #expect(heard.output.contains("3 rows sent to ratings.v1 (2 of feedback to feedback.v1) at"))
        let records =
            try published(at: broker.bootstrapServers)
            + published(at: broker.bootstrapServers, .feedback, named: "feedback.v1")
        #expect(
            records.map(\.value) == [
                #"{"user_id":"v","item_id":"a","rating":4,"timestamp":1500000002000}"#,
                #"{"user_id":"u","item_id":"a","action":"click","value":0.5,"timestamp":1500000001000}"#,
                #"{"user_id":"u","item_id":"a","action":"purchase","timestamp":1500000003000}"#,
            ])
        #expect(records.allSatisfy { $0.event != nil })
    }

    /// What is published stays, so nothing is guessed.
    @Test func asksWhatRowsWithoutAnActionAre() throws {
        let scratch = try Scratch()
        let file = try scratch.write("clicks.csv", "user,item,timestamp\nu,a,1500000001\n")
        let heard = try replay("\(file) --dry-run")
        #expect(
            heard.code == .failed
                && heard.failure?.contains("say what its rows are, such as '--action click'") == true)
        #expect(try replay("\(file) --dry-run --action play").output.contains("each row counts as 'play'"))
    }

    @Test func takesPartsOfTheFile() throws {
        let scratch = try Scratch()
        let file = try scratch.write("ratings.csv", Self.csv)
        let heard = try replay("\(file) --dry-run --from 1500000002 --to 1500000003")
        #expect(heard.output.contains("3 rows outside of --from and --to left out\n1 row would be published"))
        let first = try replay("\(file) --dry-run --limit 3 --topic mine --brokers b:1")
        #expect(first.output.hasSuffix("3 rows would be published to mine at b:1\n"))
    }

    @Test func namesWhatItRefused() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            "ratings.csv", "\(Self.csv)1,x,\u{1B}[2J,1500000004\n1,,4,1500000004\n1,y,z,1500000004\n")
        let text = try replay("\(file) --dry-run").output
        #expect(text.contains("7 rows read\n"))
        #expect(
            text.contains(
                "2 rows refused (rating-not-a-number): the rating or the value is not a decimal number\n"))
        #expect(text.contains(#"    line 6: 1,x,\x1B[2J,1500000004"#))
        #expect(text.contains("1 row refused (empty-item)"))
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(replay("\(file) --dry-run --json").output.utf8))
                as? [String: Any])
        #expect(json["rows_read"] as? Int == 7)
        #expect(json["rows_refused"] as? Int == 3)
        #expect(json["rows_to_publish"] as? Int == 4)
        #expect(json["dry_run"] as? Bool == true)
    }

    @Test func publishesNothingIfAFileCannotBeRead() throws {
        let scratch = try Scratch()
        let file = try scratch.write("ratings.csv", Self.csv)
        let binary = try scratch.write("binary", "\u{7F}ELF\u{0}\u{1}\n")
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        let heard = try replay(
            "\(file) \(scratch.path)/missing \(scratch.path) \(binary) --brokers \(broker.bootstrapServers)")
        #expect(heard.code == .failed)
        #expect(heard.output.isEmpty)
        #expect(heard.diagnostics.contains("missing' does not exist; check the path"))
        #expect(heard.diagnostics.contains("is a folder; name a file in it"))
        #expect(heard.failure?.contains("has an unknown format") == true)
        #expect(try published(at: broker.bootstrapServers).isEmpty)
    }

    @Test func saysWhenKafkaIsAway() throws {
        let scratch = try Scratch()
        let file = try scratch.write("ratings.csv", Self.csv)
        let heard = try replay("\(file) --brokers 127.0.0.1:1")
        #expect(heard.code == .failed)
        #expect(heard.failure?.hasPrefix("Kafka at 127.0.0.1:1 does not answer") == true)
        #expect(heard.failure?.contains("start Kafka, or correct kafka.brokers") == true)
        #expect(heard.output.isEmpty)
    }

    @Test func saysHowToMakeATopicThatIsMissing() throws {
        let scratch = try Scratch()
        let reading = try RatingReading(
            [try scratch.write("ratings.csv", Self.csv)], console: .standard)
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        broker.setMissing(true, topic: "ratings.v1")
        var kafka = KafkaSettings()
        kafka.brokers = broker.bootstrapServers
        let replay = Replay(
            reading: reading, rows: 0..<4, pace: .fast, kafka: kafka, console: .standard, answerMsMax: 500)
        do throws(CommandFailure) {
            _ = try replay.publish { false }
            Issue.record("published to a topic that is not there")
        } catch {
            #expect(error.code == .failed)
            #expect(error.message.hasPrefix("topic 'ratings.v1' does not exist"))
            #expect(error.message.contains("'streamctl topics apply'"))
        }
    }

    @Test func saysWhereToGoOnAfterAnInterrupt() throws {
        let scratch = try Scratch()
        let rows = (0..<5_000).map { "\($0 % 7),\($0),4,\(1_500_000_000 + $0)\n" }
        let file = try scratch.write("ratings.csv", "userId,movieId,rating,timestamp\n" + rows.joined())
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        let heard = try hear("replay \(file) --brokers \(broker.bootstrapServers)") {
            (arguments, console) throws(CommandFailure) in
            var asked = 0
            return try ReplayCommand.run(arguments, console: console) {
                asked += 1
                return asked > 1
            }
        }
        #expect(heard.code == .failed)
        #expect(heard.output.contains("1,000 rows sent"))
        #expect(heard.output.hasSuffix("1,000 delivered, 0 failed\n"))
        #expect(
            heard.failure
                == "only 1,000 of 5,000 rows were published: it was interrupted. Go on with "
                + "'--from 2017-07-14T02:56:40.000Z'.")
        #expect(try published(at: broker.bootstrapServers).count == 1_000)
    }

    @Test func saysWhatDidNotArriveWhenKafkaGoesAway() throws {
        let scratch = try Scratch()
        let reading = try RatingReading([try scratch.write("ratings.csv", Self.csv)], console: .standard)
        var broker: EmbeddedBroker? = try EmbeddedBroker(topics: ["ratings.v1": 1])
        var kafka = KafkaSettings()
        kafka.brokers = broker?.bootstrapServers ?? ""
        kafka.properties = ["message.timeout.ms": "300"]
        let heard = try hear("replay x") { (_, console) throws(CommandFailure) in
            let replay = Replay(reading: reading, rows: 0..<4, pace: .fast, kafka: kafka, console: console)
            var report = ReplayReport(
                files: [], topic: "ratings.v1", feedbackTopic: "", brokers: kafka.brokers, rows: 4,
                feedback: 0)
            report.outcome = try replay.publish {
                broker = nil
                return false
            }
            #expect(!report.isComplete)
            console.output.write(report.text)
            throw report.failure(of: reading) ?? CommandFailure(.done, "")
        }
        #expect(heard.output.hasSuffix("0 delivered, 4 failed\n"))
        #expect(heard.failure?.hasPrefix("4 rows did not reach Kafka: Local: Message timed out.") == true)
    }

    @Test(arguments: [
        ("x --from 2020-01-01 --to 2020-01-01", ExitCode.wrongUsage, "'--from' must be before '--to'."),
        ("x -c /nonexistent.yaml", .badConfiguration, "settings file '/nonexistent.yaml' does not exist."),
        ("x --set foo.bar=1", .badConfiguration, "the settings have an error."),
        ("x --topic feedback.v1", .badConfiguration, "the settings have an error."),
        ("x", .failed, "'x' does not exist;"),
    ])
    func refusesWrongArguments(line: String, code: ExitCode, message: String) throws {
        let heard = try replay(line)
        #expect(heard.code == code)
        #expect(heard.failure?.hasPrefix(message) == true, "\(heard)")
    }

    private func replay(_ line: String) throws -> Heard {
        try hear("replay \(line)") { (arguments, console) throws(CommandFailure) in
            try ReplayCommand.run(arguments, console: console) { false }
        }
    }
}
