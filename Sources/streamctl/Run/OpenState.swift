import Events
import KafkaLog
import Model
import Pipeline
import Settings
import StateStore
import Telemetry

/// The state of a service: the core as it was kept, and where it is kept from now on.
struct OpenState: ~Copyable {
    var core: Core
    var kept: KeptState

    /// Opens the state folder; a new one begins with nothing.
    static func open(
        _ wiring: Wiring, core options: CoreOptions, logger: Logger
    ) throws(CommandFailure) -> OpenState {
        let stopwatch = Stopwatch()
        let file = try file(in: wiring.settings.state.folder, options)
        var core = Core(options: options)
        if !file.isNew {
            core = try restored(from: file.folder, options)
            logger.info(
                "state loaded",
                [
                    "users": core.model.users.count, "items": core.model.items.count,
                    "learned": Int(core.accounting.learned), "ms": Int(stopwatch.seconds * 1_000),
                ])
        }
        try refuseOtherLog(file, known: core.knownPositions, names: wiring.topics)
        var description = file.description
        if let present = wiring.topicFacts() {
            for difference in description.differences(from: present) {
                logger.warning("the topics are not those of the state", ["difference": difference])
            }
            description.topics = present
        }
        (description.program, description.model) = (Program.version, options.model.fingerprint)
        return OpenState(core: core, kept: KeptState(writer: CheckpointWriter(file, describing: description)))
    }

    /// Where a log has another name, its offsets would skip records that nobody has read.
    private static func refuseOtherLog(
        _ file: borrowing StateFile, known: [Position], names: [Topic: String]
    ) throws(CommandFailure) {
        let read = Set(known.map(\.lane.topic))
        let differences = file.description.renamed(among: names).filter { read.contains($0.topic) }
            .map { "'\($0.name)' is called '\(names[$0.topic] ?? "")' now" }
        guard differences.isEmpty else {
            let error = StateError(.otherLog(differences: differences), at: file.folder.path)
            throw CommandFailure(.failed, printable(error.description))
        }
    }

    private static func file(
        in folder: String, _ options: CoreOptions
    ) throws(CommandFailure) -> sending StateFile {
        do throws(StateError) {
            let file = try StateFile(StateFolder(folder))
            try file.check(model: options.model.fingerprint)
            return file
        } catch {
            throw CommandFailure(.failed, error.description)
        }
    }

    static func restored(
        from folder: StateFolder, _ options: CoreOptions
    ) throws(CommandFailure) -> Core {
        let snapshot: StateSnapshot
        do throws(StateError) {
            snapshot = try folder.snapshot()
        } catch {
            throw CommandFailure(.failed, error.description)
        }
        do throws(Trouble) {
            return try Core(options: options, restoring: snapshot)
        } catch {
            throw CommandFailure(.failed, error.message)
        }
    }
}

extension ModelOptions {
    /// The settings that the learned numbers depend on: other ones cannot go on from them.
    var fingerprint: String {
        "factors=\(factors) seed=\(seed) positive_rating=\(positiveRating) neighbours=\(neighbours)"
    }
}

extension Wiring {
    /// What the topics are called and how many partitions they have; `nil` where Kafka does not answer soon.
    func topicFacts() -> [StateDescription.TopicFacts]? {
        (try? BrokerProbe.look(kafka, timeoutMs: 2_000)).map(topicFacts(in:))
    }

    /// The same of a cluster that has answered.
    func topicFacts(in view: ClusterView) -> [StateDescription.TopicFacts] {
        topicFacts(topics.compactMapValues { name in view.topics.first { $0.name == name }?.partitions })
    }

    /// The same of topics with so many partitions; of others nothing.
    func topicFacts(_ partitions: [Topic: Int]) -> [StateDescription.TopicFacts] {
        topics.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { topic, name in
            partitions[topic].map { StateDescription.TopicFacts(topic: topic, name: name, partitions: $0) }
        }
    }
}
