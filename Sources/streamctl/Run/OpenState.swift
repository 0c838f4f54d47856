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
    static func open(_ wiring: Wiring, core options: CoreOptions, logger: Logger) throws(CommandFailure)
        -> OpenState
    {
        let stopwatch = Stopwatch()
        do throws(StateError) {
            let file = try StateFile(StateFolder(wiring.settings.state.folder))
            try file.check(model: options.model.fingerprint)
            let core = file.isNew ? Core(options: options) : try restore(from: file.folder, options)
            if !file.isNew {
                logger.info(
                    "state loaded",
                    [
                        "users": core.model.users.count, "items": core.model.items.count,
                        "learned": Int(core.accounting.learned), "ms": Int(stopwatch.seconds * 1_000),
                    ])
            }
            var description = file.description
            description.program = Program.version
            description.model = options.model.fingerprint
            description.topics = wiring.topicFacts() ?? description.topics
            let writer = CheckpointWriter(file, describing: description)
            return OpenState(core: core, kept: KeptState(writer: writer))
        } catch {
            throw CommandFailure(.failed, error.description)
        }
    }

    private static func restore(
        from folder: StateFolder, _ options: CoreOptions
    ) throws(StateError) -> Core {
        let snapshot = try folder.snapshot()
        do throws(Trouble) {
            return try Core(options: options, restoring: snapshot)
        } catch {
            throw StateError(.damaged(reason: error.message), at: folder.path)
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
        guard let view = try? BrokerProbe.look(kafka, timeoutMs: 2_000) else { return nil }
        return topics.sorted { $0.key.rawValue < $1.key.rawValue }.compactMap { topic, name in
            view.topics.first { $0.name == name }.map {
                StateDescription.TopicFacts(topic: topic, name: name, partitions: $0.partitions)
            }
        }
    }
}
