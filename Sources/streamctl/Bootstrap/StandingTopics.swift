import Events
import KafkaLog
import Pipeline
import Telemetry

/// Reads what must be known whole before the first rating: what items there are, and who is to be forgotten.
struct StandingTopics {
    let connection: KafkaConnection
    let names: [Topic: String]
    /// All partitions of the log.
    let places: [LogPlace]

    /// Silence for so long is an outage.
    private static let patienceSeconds = 30.0

    /// Has the core read both topics to their ends.
    func read(into core: inout Core, shouldStop: () -> Bool) throws(CommandFailure) {
        // What was emptied brings no record that would say where it goes on.
        let emptied = standing.filter { $0.low == $0.high && $0.high > 0 }
        core.begin(at: emptied.map { Position(lane: $0.lane, offset: $0.high) })
        for topic in [Topic.catalog, .erasures] where standing.contains(where: { $0.lane.topic == topic }) {
            try read(topic, into: &core, shouldStop: shouldStop)
        }
    }

    private var standing: [LogPlace] {
        places.filter { [.catalog, .erasures].contains($0.lane.topic) }
    }

    private func read(
        _ topic: Topic, into core: inout Core, shouldStop: () -> Bool
    ) throws(CommandFailure) {
        guard let name = names[topic] else { return }
        var source: CatalogSource
        do throws(KafkaError) {
            source = try CatalogSource(connection, topic: name, carrying: topic, onNotice: { _ in })
        } catch {
            throw CommandFailure(error)
        }
        var recall = MemoryRecall()
        var last = Stopwatch()
        do throws(Trouble) {
            while !source.isKnown || !core.isAtEnd {
                guard !shouldStop() else { throw Trouble(.stop, "Stopped: nothing was written.") }
                var arrivals = 0
                try source.poll(limit: 4_096, timeoutMs: 50) { arrival in
                    core.receive(arrival, nowMs: 0)
                    arrivals += 1
                }
                while try core.advance(limit: 4_096, nowMs: 0, recalling: &recall) > 0 {}
                core.lettersWritten()
                if arrivals > 0 { last = Stopwatch() }
                guard last.seconds < Self.patienceSeconds else {
                    throw Trouble(
                        .stop,
                        "Kafka at \(connection.bootstrapServers) said nothing of '\(name)' for "
                            + "\(Int(Self.patienceSeconds)) s. Check it with 'streamctl doctor', then try again."
                    )
                }
            }
        } catch {
            throw CommandFailure(.failed, printable(error.message))
        }
    }
}
