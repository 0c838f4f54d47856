import Events
import KafkaLog
import Model
import Pipeline
import RedisLists
import Settings
import Telemetry

/// A worker on real servers.
typealias Engine = Worker<LogSource, RedisWriter, DeadLetterProducer, KeptState>

extension Wiring {
    /// Connects the worker to Kafka and Redis. Servers that are away are no error here: they are waited for.
    ///
    /// - Parameters:
    ///   - core: as new, or as it was kept.
    ///   - kept: where checkpoints go.
    ///   - start: where lanes begin that the core knows nothing of.
    ///   - logger: is told what the servers do.
    ///   - outages: counts how often the brokers went.
    ///   - watch: hears every notice of the worker.
    func makeEngine(
        core: consuming Core, kept: consuming KeptState = .none(), start: StartPosition, logger: Logger,
        outages: OutageFilter = OutageFilter(),
        watch: @escaping (WorkerNotice) -> Void = { _ in }
    ) throws(CommandFailure) -> Engine {
        let report: @Sendable (KafkaNotice) -> Void = { notice in
            if outages.isNews(notice, nowMs: Clock.nowMs()) { logger.log(notice.level.logLevel, notice.text) }
        }
        do throws(KafkaError) {
            let source = try LogSource.open(
                kafka, group: settings.kafka.group, topics: topics, start: start,
                decodingBy: core.options.rules, onNotice: report)
            let letters = try DeadLetterProducer(
                kafka, topic: settings.kafka.topics.deadLetters, sources: topics
            ) { notice in
                // It hears of the brokers only when there is something to write, and then the worker tells.
                if notice.reach == nil { report(notice) }
            }
            let lists = makeListWriter(model: core.options.modelVersion)
            return Worker(
                core: core, source: source, lists: lists, letters: letters, checkpoints: kept, limits: limits
            ) { notice in
                watch(notice)
                logger.log(notice)
            }
        } catch {
            throw CommandFailure(.badConfiguration, "\(error)")
        }
    }

    /// Connects with the first write.
    ///
    /// - Parameter model: the version that the lists carry.
    func makeListWriter(model: String) -> RedisWriter {
        RedisWriter(to: redis, settings: lists, topics: topics, model: model, mark: Self.mark())
    }

    /// What no other writer of this Redis has.
    private static func mark() -> String {
        var dice = SystemRandomNumberGenerator()
        return String(dice.next(), radix: 36)
    }
}

extension Logger {
    /// A line for what a person may have to look after.
    func log(_ notice: WorkerNotice) {
        switch notice {
        case .served: break
        case .listsDown(let message):
            warning("lists cannot be written; learning goes on", ["reason": message])
        case .listsBack: info("lists are written again")
        case .listsLost(let users):
            warning("Redis lost the lists; all are written again", ["users": users])
        case .lettersDown(let message): warning("dead letters cannot be written", ["reason": message])
        case .lettersBack: info("dead letters are written again")
        case .stateHeld(let message):
            warning("the state cannot be kept now; learning goes on", ["reason": message])
        case .stateBack: info("the state is kept again")
        case .logRestarted(let lane):
            warning(
                "a partition's log was made anew; it is read from its beginning",
                ["topic": "\(lane.topic)", "partition": Int(lane.partition)])
        case .modelFull:
            warning(
                "the model is full, and without a state nobody can leave memory: events of new users or items are "
                    + "refused, which is counted as 'model-full'. Raise limits.users or limits.items")
        case .evicting:
            info(
                "there are more users or items than limits.users or limits.items: the coldest leave memory for the "
                    + "state, and come back with their next event")
        case .errorDrift:
            warning(
                "drift: ratings are predicted worse than before. Look for a change in what is sent; the model "
                    + "adapts by itself")
        case .ratingDrift(let index):
            warning(
                "drift: people rate in another way than before. Look for a change of the scale or of the producer",
                ["psi": index])
        case .checkpoint(let outcome):
            debug("state kept", ["rows": outcome.rows, "bytes": outcome.bytes, "ms": outcome.milliseconds])
        case .learningBegins, .learningEnds, .writingBegins, .writingEnds, .copyingBegins, .copyingEnds: break
        }
    }
}

extension KafkaNotice.Level {
    var logLevel: LogLevel {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}
