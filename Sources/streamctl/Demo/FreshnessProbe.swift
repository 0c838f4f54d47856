import Events
import RedisLists
import Synchronization
import Telemetry

/// Measures freshness as a front end would: from the moment an event is handed to Kafka until a `GET` of the user's
/// list shows it. One event per user is watched at a time.
final class FreshnessProbe: Sendable {
    private struct Watched {
        var user: Identifier
        var eventTimeMs: Int64
        var sentNs: UInt64
    }

    private struct State {
        var watched: [Watched] = []
        var histogram = Histogram()
        var missed = 0
    }

    private let state = Mutex(State())
    /// Past this an event counts as missed, and is told so.
    private static let patienceNs: UInt64 = 30_000_000_000
    private static let watchedMax = 64

    /// Watches an event that is being sent now; left out when enough are watched.
    func watch(user: Identifier, eventTimeMs: Int64) {
        state.withLock { state in
            guard state.watched.count < Self.watchedMax, !state.watched.contains(where: { $0.user == user })
            else { return }
            state.watched.append(Watched(user: user, eventTimeMs: eventTimeMs, sentNs: Clock.steadyNs()))
        }
    }

    /// Nanoseconds, and how many events were not seen in time.
    var result: (histogram: Histogram, missed: Int) {
        state.withLock { ($0.histogram, $0.missed) }
    }

    var isIdle: Bool { state.withLock { $0.watched.isEmpty } }

    /// Reads until `shouldStop`: one pipeline for all users that are watched, again and again.
    func read(from address: RedisAddress, until shouldStop: () -> Bool) throws(RedisError) {
        var reader = RedisReader(from: address)
        while !shouldStop() {
            let watched = state.withLock { $0.watched }
            guard !watched.isEmpty else {
                Clock.rest(ms: 1)
                continue
            }
            let times = try reader.eventTimes(of: watched.map(\.user))
            note(times, of: watched, nowNs: Clock.steadyNs())
            Clock.rest(ms: 1)
        }
    }

    private func note(_ times: [Int64?], of watched: [Watched], nowNs: UInt64) {
        state.withLock { state in
            for (entry, timeMs) in zip(watched, times) {
                let isVisible = timeMs.map { $0 >= entry.eventTimeMs } ?? false
                let ageNs = nowNs - entry.sentNs
                guard isVisible || ageNs > Self.patienceNs else { continue }
                if isVisible { state.histogram.record(ageNs) } else { state.missed += 1 }
                state.watched.removeAll { $0.user == entry.user }
            }
        }
    }
}
