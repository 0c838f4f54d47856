import Model
import Ranking

/// When the lists for people nobody knows yet are due, and what stands on them.
struct Fallbacks {
    let intervalMs: Int64
    /// The version that is written beside the lists.
    let version: String
    private(set) var wereWritten = false
    private var dueMs: Int64 = .min
    private var nextGenre = 0

    /// Genres whose list is written per interval: a catalog with a thousand tags must not stall the stream.
    private static let genresPerInterval = 32

    init(intervalMs: Int64, version: String) {
        self.intervalMs = intervalMs
        self.version = version
    }

    func areDue(nowMs: Int64) -> Bool { nowMs >= dueMs }

    mutating func written(nowMs: Int64) {
        dueMs = nowMs + intervalMs
        wereWritten = true
    }

    mutating func lost() {
        dueMs = .min
        nextGenre = 0
        wereWritten = false
    }

    /// Adds the popular and the trending list, and the lists of the genres whose turn it is.
    ///
    /// The first time, the mark by which the store is known to hold our lists goes before everything else, and never
    /// again: a store that loses what it holds then loses the mark with it, whenever that happens.
    ///
    /// - Parameter mayHaveEmptied: whether what stood on a list before may not stand there any more.
    mutating func append(
        to writes: inout [ListWrite], model: borrowing Model, ranker: inout Ranker, mayHaveEmptied: Bool
    ) {
        if !wereWritten { writes.insert(.model(version), at: 0) }
        let popular = ranker.entries(model: model) { $0.scorePopular(on: &$1) }
        let trending = ranker.entries(model: model) { $0.scoreTrending(on: &$1) }
        writes.append(.fallback(.popular, popular))
        writes.append(.fallback(.trending, trending))
        let names = model.catalog.genreNames
        for _ in 0..<min(names.count, Self.genresPerInterval) {
            let genre = nextGenre % names.count
            let entries = ranker.entries(
                model: model, where: { model.catalog.isOf(genre: UInt16(genre), $0) },
                fill: { $0.scoreTrending(on: &$1) })
            // Nobody needs the empty list of a genre that nobody ever looked at.
            if !entries.isEmpty || mayHaveEmptied {
                writes.append(.fallback(.genre(names[genre]), entries))
            }
            nextGenre = genre + 1
        }
    }
}
