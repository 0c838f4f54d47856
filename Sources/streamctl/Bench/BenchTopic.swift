import Events
import KafkaLog
import Pipeline
import RatingFiles
import Settings

/// A topic of an embedded broker with ratings in it, to be read again and again; a class, because the closure of a case
/// can keep no broker.
final class BenchTopic {
    let servers: DemoServers
    let count: Int
    let partitions: Int

    /// What the broker keeps of a partition, compressed, holds this many ratings, and a third more of one than of another.
    private static let rowsOfPartition = 40_000

    /// Publishes all rows.
    init(_ table: RatingTable) throws(CommandFailure) {
        count = table.columns.count
        partitions = (count + Self.rowsOfPartition - 1) / Self.rowsOfPartition
        let names = Settings().kafka.topics
        let wiring = Wiring(settings: Settings())
        servers = try DemoServers.start(
            topics: wiring.topics, deadLetters: names.deadLetters, partitions: partitions, tcp: false)
        do {
            var publisher = RatingPublisher(
                table: table, topic: names.ratings, feedbackTopic: names.feedback,
                producer: try EventProducer(Wiring(settings: servers.settings).kafka) { _ in })
            _ = try publisher.publish(
                rows: 0..<count, pace: .fast, mayPublish: { 10_000 }, shouldStop: { false },
                onProgress: { _ in })
            let tally = try publisher.finish(timeoutMs: 30_000)
            guard tally.failed == 0 else {
                throw CommandFailure(.failed, "\(tally.failed) ratings did not reach the embedded broker")
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(.failed, "\(error)")
        }
    }

    var wiring: Wiring { Wiring(settings: servers.settings) }

    /// Records a second that a thread gets which does nothing else.
    func drain() throws(CommandFailure) -> Double {
        var drain: RawDrain
        do throws(KafkaError) {
            drain = try RawDrain(
                wiring.kafka, topic: servers.settings.kafka.topics.ratings, partitions: partitions)
        } catch {
            throw CommandFailure(error)
        }
        let first = drain.read(1)
        let stopwatch = Stopwatch()
        let rest = drain.read(count - first)
        let seconds = stopwatch.seconds
        guard first + rest == count else {
            throw CommandFailure(
                .failed, "the embedded broker brought \(first + rest) of \(count) records")
        }
        return Double(rest) / seconds
    }
}
