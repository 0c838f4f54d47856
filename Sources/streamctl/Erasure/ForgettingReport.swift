import RedisLists
import Telemetry

/// What was done to forget a user, and what happens next, without a word of who it is.
struct ForgettingReport {
    var topic: String
    var timestampMs: Int64
    var known: StateFinding
    var removed: Result<RemovedKeys, RedisError>

    var text: String {
        let lines = [
            "erasure  published to \(topic)",
            "state    \(stateText)",
            "redis    \(redisText)",
            "next     'streamctl run' forgets the user when it reads the erasure, and refuses from then on what",
            "         the user did up to \(RFC3339.text(epochMs: timestampMs)); what comes later is a new user's",
            "         Kafka keeps the user's events, and dead letters that quote them, as long as their topics do",
        ]
        return lines.map { "\($0)\n" }.joined()
    }

    var json: JSON {
        [
            "erasure": ["topic": .text(topic), "timestamp": .whole(Int(timestampMs))],
            "state": stateJSON, "redis": redisJSON,
        ]
    }

    /// Why not all was done that this command does.
    var failure: CommandFailure? {
        guard case .failure(let error) = removed else { return nil }
        return CommandFailure(
            .failed,
            "\(error) The erasure is published: 'streamctl run' removes the user's keys itself as soon as it can."
        )
    }

    private var stateText: String {
        switch known {
        case .known(let items): "knew the user, with \(counted(items, "item")), at its newest checkpoint"
        case .unknown: "did not know the user at its newest checkpoint"
        case .noState: "nothing is kept here"
        case .unreadable(let reason): "could not be looked at: \(printable(reason))"
        }
    }

    private var redisText: String {
        switch removed {
        case .success(let keys):
            switch (keys.list, keys.profile) {
            case (true, true): "the list and the profile are removed"
            case (true, false): "the list is removed; there was no profile"
            case (false, true): "the profile is removed; there was no list"
            case (false, false): "there was neither a list nor a profile"
            }
        case .failure: "nothing could be removed"
        }
    }

    private var stateJSON: JSON {
        switch known {
        case .known(let items): ["known": .flag(true), "items": .whole(items)]
        case .unknown: ["known": .flag(false)]
        case .noState: ["known": .null]
        case .unreadable(let reason): ["known": .null, "problem": .text(reason)]
        }
    }

    private var redisJSON: JSON {
        switch removed {
        case .success(let keys): ["list_removed": .flag(keys.list), "profile_removed": .flag(keys.profile)]
        case .failure(let error):
            ["list_removed": .null, "profile_removed": .null, "problem": .text("\(error)")]
        }
    }
}
