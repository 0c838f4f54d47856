import KafkaLog
import Pipeline
import RatingFiles
import Testing

@testable import streamctl

@Suite(.ownThread) struct RatingPublisherTests {
    @Test func isHeldBackByTheCaller() throws {
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        var publisher = RatingPublisher(
            table: try table(rows: 10), topic: "ratings.v1", feedbackTopic: nil,
            producer: try producer(broker))
        var allowances = [3, 0, 0, 4, .max]
        var progress: [Int] = []
        let sent = try publisher.publish(
            rows: 0..<10, pace: .fast, mayPublish: { allowances.removeFirst() }, shouldStop: { false },
            onProgress: { progress.append($0) })
        #expect(sent == 10)
        #expect(progress == [3, 7, 10])
        let tally = try publisher.finish(timeoutMs: 10_000)
        #expect(tally.delivered == 10)
    }

    @Test func publishesAPartAndThenTheNext() throws {
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        var publisher = RatingPublisher(
            table: try table(rows: 10), topic: "ratings.v1", feedbackTopic: nil,
            producer: try producer(broker))
        for range in [0..<4, 4..<4, 4..<10] {
            let sent = try publisher.publish(
                rows: range, pace: .rate(1e9), mayPublish: { .max }, shouldStop: { false },
                onProgress: { _ in })
            #expect(sent == range.count)
        }
        _ = try publisher.finish(timeoutMs: 10_000)
        let values = try published(at: broker.bootstrapServers).map(\.value)
        #expect(values.count == 10)
        for (row, value) in values.enumerated() { #expect(value.contains(#""item_id":"item \#(row)""#)) }
    }

    @Test func leavesViewsOutWhereTheyHaveNoTopic() throws {
        let scratch = try Scratch()
        let file = try scratch.write("b.csv", "User-ID,ISBN,Book-Rating\n1,a,0\n2,b,5\n3,c,0\n")
        var table = RatingTable()
        _ = try RatingFileReader().read(file, into: &table)
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        var publisher = RatingPublisher(
            table: table, topic: "ratings.v1", feedbackTopic: nil, producer: try producer(broker))
        let sent = try publisher.publish(
            rows: 0..<3, pace: .fast, mayPublish: { .max }, shouldStop: { false }, onProgress: { _ in })
        #expect(sent == 1)
        let leftOut = publisher.feedbackLeftOut
        #expect(leftOut == 2)
    }

    @Test func stopsWhileItWaitsForTheNextRow() throws {
        let broker = try EmbeddedBroker(topics: ["ratings.v1": 1])
        var publisher = RatingPublisher(
            table: try table(rows: 10), topic: "ratings.v1", feedbackTopic: nil,
            producer: try producer(broker))
        var asked = 0
        let sent = try publisher.publish(
            rows: 0..<10, pace: .speed(1e-6), mayPublish: { .max },
            shouldStop: {
                asked += 1
                return asked > 3
            }, onProgress: { _ in })
        #expect(sent == 1)
    }

    @Test(arguments: [
        (Pace.fast, 7, 99_000, 0.0), (.rate(100), 50, 99_000, 0.5), (.rate(0.5), 1, 0, 2),
        (.speed(100), 7, 86_400_000, 864), (.speed(0.5), 7, 1_000, 2),
    ])
    func aRowIsDue(pace: Pace, row: Int, eventMs: Int64, seconds: Double) {
        #expect(pace.dueSeconds(row: row, eventMs: eventMs) == seconds)
    }

    private func producer(_ broker: borrowing EmbeddedBroker) throws -> EventProducer {
        try EventProducer(KafkaConnection(bootstrapServers: broker.bootstrapServers)) { _ in }
    }

    /// One row a second.
    private func table(rows: Int) throws -> RatingTable {
        let scratch = try Scratch()
        let text = (0..<rows).map { "user,item \($0),4,\(1_500_000_000 + $0)\n" }.joined()
        var table = RatingTable()
        _ = try RatingFileReader().read(
            try scratch.write("r.csv", "userId,movieId,rating,timestamp\n\(text)"), into: &table)
        return table
    }
}
