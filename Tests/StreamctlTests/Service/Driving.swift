import Events
import KafkaLog
import Model
import Pipeline
import RedisLists
import Settings
import Synchronization
import Telemetry

@testable import streamctl

/// An embedded broker and a Redis server for one test, with the topics of the default settings.
///
/// Declare them before the engine: its clients take leave of a broker that is still there.
func startServers(partitions: Int = 4) throws -> DemoServers {
    let topics = Settings().kafka.topics
    return try DemoServers.start(
        topics: Wiring(settings: Settings()).topics, deadLetters: topics.deadLetters, partitions: partitions,
        tcp: false)
}

extension DemoServers {
    /// As the service is wired, but quick to find a broker that went and to let a member go, and with a model that
    /// is quickly taught.
    var wiring: Wiring {
        var settings = settings
        for (name, value) in [
            ("reconnect.backoff.max.ms", "200"), ("session.timeout.ms", "3500"),
            ("heartbeat.interval.ms", "200"),
        ] {
            settings.kafka.properties[name] = value
        }
        settings.model.factors = 8
        settings.model.history = 20
        settings.model.neighbours = 32
        return Wiring(settings: settings)
    }
}

extension Wiring {
    /// What differs from the defaults, as a settings file.
    var yaml: String {
        let properties = settings.kafka.properties.pairs.map { "    \($0.name): \"\($0.value)\"\n" }.joined()
        return """
            kafka:
              brokers: \(settings.kafka.brokers)
              properties:
            \(properties)redis:
              url: unix://\(socketPath)
            model:
              factors: \(settings.model.factors)
              history: \(settings.model.history)
              neighbours: \(settings.model.neighbours)
            state:
              folder: \(stateFolder)

            """
    }

    /// Beside the socket: it goes with the server's folder.
    var stateFolder: String {
        socketPath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/state"
    }

    private var socketPath: String {
        if case .unix(let path) = settings.redis.url.endpoint { path } else { "" }
    }

    func makeEngine(start: StartPosition = .earliest, log: LogLines = LogLines()) throws -> Engine {
        try makeEngine(core: Core(options: core), start: start, logger: log.logger)
    }

    /// As new, but with a state.
    func makeEngine(keeping kept: consuming KeptState) throws -> Engine {
        try makeEngine(core: Core(options: core), kept: kept, start: .earliest, logger: LogLines().logger)
    }
}

extension Engine {
    /// Whether nothing waits: everything that was polled is learned, and its lists and letters are written.
    var isSettled: Bool { core.waitingCount == 0 && core.staleCount == 0 && core.letters.isEmpty }

    var read: Int { Int(core.accounting.read) }
}

/// A condition that did not come true in the turns that it was given.
struct Stuck: Error, CustomStringConvertible {
    var description: String
}

/// Turns the engine until something is so. Trouble that may heal costs a turn.
///
/// - Parameter aheadMs: how far the engine's clock runs ahead of ours, so that no pause has to be sat out.
func drive(
    _ engine: inout Engine, _ purpose: String, turnsMax: Int = 4_000, aheadMs: Int64 = 0,
    until isSo: (borrowing Engine) throws -> Bool
) throws {
    var last: Trouble?
    for _ in 0..<turnsMax {
        if try isSo(engine) { return }
        do throws(Trouble) {
            _ = try engine.tick(nowMs: Clock.nowMs() + aheadMs, timeoutMs: 10)
        } catch {
            guard error.cure == .tryAgain else { throw error }
            last = error
        }
    }
    throw Stuck(
        description: "not \(purpose) after \(turnsMax) turns: \(engine.core.accounting), "
            + "\(engine.core.waitingCount) waiting, \(engine.core.staleCount) stale, "
            + "\(engine.core.letters.count) letters owed, last trouble: \(last?.message ?? "none")")
}

/// Turns the engine until so many events are read and nothing is owed.
func drive(_ engine: inout Engine, toRead count: Int, aheadMs: Int64 = 0) throws {
    try drive(&engine, "settled at \(count) events", aheadMs: aheadMs) { $0.read >= count && $0.isSettled }
}

/// What was logged, from whichever thread.
final class LogLines: Sendable {
    private let kept = Mutex<[String]>([])

    var all: [String] { kept.withLock { $0 } }

    func count(_ words: String) -> Int { all.count { $0.contains(words) } }

    var logger: Logger {
        Logger(level: .info, nowMs: { Clock.nowMs() }) { line in self.kept.withLock { $0.append(line) } }
    }
}
