import Events
import Ranking
import State

/// The last list of a user who left memory, made at that moment, for nothing is known of the user later on. So the
/// list is a function of the log alone, and stays with readers until it is stale or the user is back.
struct Parting: Equatable, Sendable {
    var list: TopList
    /// `nil` where no features are written.
    var features: ProfileFeatures?
}

extension Parting {
    func write(to bytes: inout [UInt8]) {
        bytes.put(list.user.text)
        bytes.put(list.eventTimeMs)
        bytes.put(list.source.lane.stateKey)
        bytes.put(list.source.offset)
        bytes.put(UInt32(list.entries.count))
        for entry in list.entries {
            bytes.put(entry.item.text)
            bytes.put(entry.score)
            bytes.put(entry.because?.text ?? "")
        }
        bytes.put(UInt8(features == nil ? 0 : 1))
        guard let features else { return }
        bytes.put(features.events)
        bytes.put(features.ratings)
        bytes.put(features.meanRating)
        bytes.put(features.lastActiveMs)
        bytes.put(UInt32(features.topGenres.count))
        for genre in features.topGenres { bytes.put(genre) }
    }

    init(from bytes: inout StateBytes) throws(StateDamage) {
        guard let user = Identifier(try bytes.takeText()) else { throw .unexpected }
        let eventTimeMs = try bytes.take(Int64.self)
        let source = Position(lane: try Lane(stateKey: try bytes.take()), offset: try bytes.take())
        var entries: [TopList.Entry] = []
        for _ in 0..<(try bytes.takeCount(bytesEach: 12)) {
            guard let item = Identifier(try bytes.takeText()) else { throw .unexpected }
            let score = try bytes.take(Float.self)
            entries.append(.init(item: item, score: score, because: Identifier(try bytes.takeText())))
        }
        list = TopList(user: user, entries: entries, eventTimeMs: eventTimeMs, source: source)
        guard try bytes.take(UInt8.self) != 0 else { return }
        var features = ProfileFeatures(
            events: try bytes.take(), ratings: try bytes.take(), meanRating: try bytes.take(),
            lastActiveMs: try bytes.take(), topGenres: [])
        for _ in 0..<(try bytes.takeCount(bytesEach: 4)) { features.topGenres.append(try bytes.takeText()) }
        self.features = features
    }
}
