import Events
import KafkaLog
import Model
import Pipeline
import RedisLists
import Settings
import State
import StateStore
import Telemetry

/// Has one user forgotten. No message of it names the user.
struct Forgetting {
    private let user: Identifier
    private let wiring: Wiring
    /// What the user did up to here is forgotten, in epoch milliseconds.
    let timestampMs: Int64

    /// How long Kafka may take to answer at all, and then to take the erasure.
    private static let answerMsMax: Int32 = 5_000
    private static let deliveryMsMax: Int32 = 10_000

    init(user: Identifier, wiring: Wiring, nowMs: Int64) {
        self.user = user
        self.wiring = wiring
        timestampMs = nowMs
    }

    /// What the state knew of the user at its newest checkpoint.
    ///
    /// - Complexity: O(users): rows of users in memory have no index by name.
    func lookIntoState() -> StateFinding {
        do throws(StateError) {
            let snapshot = try StateFolder(wiring.settings.state.folder).snapshot()
            return try find(in: snapshot)
        } catch {
            return error.kind == .missing ? .noState : .unreadable(reason: error.description)
        }
    }

    /// Publishes the erasure, behind what the user did.
    ///
    /// Retry rule: a throw says nothing about whether Kafka has it; a second erasure does no harm.
    func publish(console: Console) throws(CommandFailure) {
        let topic = wiring.settings.kafka.topics.erasures
        let notices = KafkaNotices(console: console)
        defer { notices.show() }
        do throws(KafkaError) {
            try BrokerProbe.requireTopics(
                [topic], wiring.kafka, timeoutMs: Self.answerMsMax, place: "kafka.topics.erasures")
            var producer = try EventProducer(wiring.kafka) { notices.take($0) }
            if let reason = send(to: topic, &producer) {
                throw .refused(
                    what: "Kafka at \(wiring.kafka.bootstrapServers) did not take the erasure",
                    reason: reason, mend: "Check that it runs")
            }
        } catch {
            var failure = CommandFailure(error)
            failure.message += " Nothing was removed: ask again then."
            throw failure
        }
    }

    /// Removes what Redis holds of the user. What comes back before the erasure is read, its reader removes.
    func removeKeys() -> Result<RemovedKeys, RedisError> {
        Result { () throws(RedisError) in
            var connection = try RedisConnection(
                to: wiring.redis, timeoutMs: Int32(clamping: wiring.settings.redis.timeoutMs))
            return RemovedKeys(
                list: try connection.ask("DEL", RedisKey.top(user).text).integer == 1,
                profile: try connection.ask("DEL", RedisKey.profile(user).text).integer == 1)
        }
    }

    private func find(in snapshot: borrowing StateSnapshot) throws(StateError) -> StateFinding {
        var finding = StateFinding.unknown
        do throws(Trouble) {
            try snapshot.read(.users) { (_, bytes) throws(Trouble) in
                guard let profile = try? Model.profile(of: user, inRow: bytes) else { return }
                finding = .known(items: profile.acts.count)
            }
            try snapshot.read(.evictedUsers) { (_, bytes) throws(Trouble) in
                guard let profile = try? Core.profile(of: user, inEvictedRow: bytes) else { return }
                finding = .known(items: profile.acts.count)
            }
            return finding
        } catch {
            return .unreadable(reason: error.message)
        }
    }

    /// Why the erasure was not delivered; `nil` when it was.
    private func send(to topic: String, _ producer: inout EventProducer) -> String? {
        let event: JSON = ["user_id": .text(user.text), "timestamp": .whole(Int(timestampMs))]
        let (key, value) = (Array(user.text.utf8), Array("\(event)".utf8))
        do throws(Trouble) {
            try key.span.withUnsafeBytes { key throws(Trouble) in
                try value.span.withUnsafeBytes { value throws(Trouble) in
                    try producer.send(topic: topic, key: key, value: value)
                }
            }
            _ = try producer.flush(timeoutMs: Self.deliveryMsMax)
        } catch {
            return error.message
        }
        if producer.tally.delivered == 1 { return nil }
        return producer.tally.firstFailure ?? "it did not say so within \(Self.deliveryMsMax / 1_000) s"
    }
}

/// What a state on disk knew of a user.
enum StateFinding: Equatable {
    case known(items: Int)
    case unknown
    case noState
    case unreadable(reason: String)
}

/// Which keys of a user Redis had.
struct RemovedKeys: Equatable {
    var list: Bool
    var profile: Bool
}
