/// Events whose effect is looked for, and when it was first seen: what turns looks at Redis into latencies.
///
/// Where an event stands in the log is known only once the broker has said so, and by then its list may be there: what
/// is seen before is remembered.
package struct Watchlist: Sendable {
    /// What a list knows: the place of its newest event, and that event's time.
    package struct Sighting: Equatable, Sendable {
        package var topic: LoadEvent.Topic
        package var partition: Int32
        package var offset: Int64
        package var eventTimeMs: Int64

        package init(topic: LoadEvent.Topic, partition: Int32, offset: Int64, eventTimeMs: Int64) {
            (self.topic, self.partition) = (topic, partition)
            (self.offset, self.eventTimeMs) = (offset, eventTimeMs)
        }
    }

    /// An event that was seen.
    package struct Seen: Equatable, Sendable {
        package var dueNs: UInt64
        package var latencyNs: UInt64
    }

    private struct Watch {
        var tag: UInt32
        var event: LoadEvent
        var dueNs: UInt64
        var place: (partition: Int32, offset: Int64)?
    }

    private struct Watched {
        var user: UInt32
        var watches: [Watch] = []
        var sightings: [(what: Sighting, atNs: UInt64)] = []
    }

    private var watched: [Watched] = []
    private var indexOfUser: [UInt32: Int] = [:]
    private var userOfTag: [UInt32: UInt32] = [:]
    private var nextTag: UInt32 = 1
    private var nextLook = 0
    private let limit: Int
    /// Events that should have been watched while the limit was reached.
    package private(set) var leftOut = 0

    package init(limit: Int) {
        precondition(limit > 0)
        self.limit = limit
    }

    /// Events that were not seen yet.
    package var count: Int { userOfTag.count }

    /// The next users to look at, in turns, at most so many.
    package mutating func users(atMost count: Int) -> [UInt32] {
        let some = min(count, watched.count)
        defer { nextLook = watched.isEmpty ? 0 : (nextLook + some) % watched.count }
        return (0..<some).map { watched[(nextLook + $0) % watched.count].user }
    }

    /// Watches an event that was due then; the answer is the tag under which the broker's word on it comes. `nil` when
    /// enough are watched.
    package mutating func watch(_ event: LoadEvent, dueNs: UInt64) -> UInt32? {
        guard userOfTag.count < limit else {
            leftOut += 1
            return nil
        }
        let tag = nextTag
        nextTag = nextTag == .max ? 1 : nextTag + 1
        let index = indexOfUser[event.user] ?? watched.count
        if index == watched.count {
            watched.append(Watched(user: event.user))
            indexOfUser[event.user] = index
        }
        watched[index].watches.append(Watch(tag: tag, event: event, dueNs: dueNs))
        userOfTag[tag] = event.user
        return tag
    }

    /// The broker's word: the event stands here.
    package mutating func placed(_ tag: UInt32, partition: Int32, offset: Int64) -> [Seen] {
        guard let user = userOfTag[tag], let index = indexOfUser[user],
            let place = watched[index].watches.firstIndex(where: { $0.tag == tag })
        else { return [] }
        watched[index].watches[place].place = (partition, offset)
        return settle(index)
    }

    /// A look at the list of a user; `nil` where there was none.
    package mutating func saw(_ sighting: Sighting?, of user: UInt32, atNs: UInt64) -> [Seen] {
        guard let sighting, let index = indexOfUser[user] else { return [] }
        guard watched[index].sightings.last?.what != sighting else { return [] }
        watched[index].sightings.append((sighting, atNs))
        return settle(index)
    }

    private mutating func settle(_ index: Int) -> [Seen] {
        let sightings = watched[index].sightings
        var seen: [Seen] = []
        watched[index].watches.removeAll { watch in
            guard let place = watch.place,
                let first = sightings.first(where: { Self.shows($0.what, watch.event, place) })
            else { return false }
            // A clock that is read on two threads may be a little behind on one of them.
            seen.append(
                Seen(dueNs: watch.dueNs, latencyNs: first.atNs - min(first.atNs, watch.dueNs)))
            userOfTag[watch.tag] = nil
            return true
        }
        if watched[index].watches.isEmpty { forget(index) }
        return seen
    }

    private mutating func forget(_ index: Int) {
        indexOfUser[watched[index].user] = nil
        let last = watched.removeLast()
        guard index < watched.count else { return }
        watched[index] = last
        indexOfUser[last.user] = index
    }

    /// Whether a list reflects an event: its source has reached it, or is a later one of the user's other topic.
    private static func shows(
        _ sighting: Sighting, _ event: LoadEvent, _ place: (partition: Int32, offset: Int64)
    ) -> Bool {
        guard sighting.partition == place.partition else { return false }
        if sighting.topic == event.topic { return sighting.offset >= place.offset }
        return sighting.eventTimeMs >= event.timestampMs
    }
}
