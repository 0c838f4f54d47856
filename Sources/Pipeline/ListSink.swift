package import Events
package import Ranking

/// One thing a reader can find afterwards. Every key gets its time to live anew with every write.
package enum ListWrite: Equatable, Sendable {
    case top(TopList)
    /// The list has not changed: only its time to live is refreshed.
    case refresh(Identifier)
    case profile(Identifier, ProfileFeatures)
    /// Takes away everything that is kept of a user.
    case remove(Identifier)
    case fallback(FallbackName, [TopList.Entry])
    case similar(Identifier, [TopList.Entry])
    /// The version of the model that is serving; also the mark by which a server that came back empty is known.
    case model(String)
}

/// The lists for people nobody knows yet.
package enum FallbackName: Hashable, Sendable {
    case popular
    case trending
    case genre(String)
}

/// A user's features, as other services read them from a hash.
package struct ProfileFeatures: Equatable, Sendable {
    /// Interactions that count: one per item, however often it was rated anew.
    package var events: UInt32
    /// Of these, ratings.
    package var ratings: UInt32
    package var meanRating: Float
    package var lastActiveMs: Int64
    /// Best first, at most five.
    package var topGenres: [String]

    package init(events: UInt32, ratings: UInt32, meanRating: Float, lastActiveMs: Int64, topGenres: [String])
    {
        self.events = events
        self.ratings = ratings
        self.meanRating = meanRating
        self.lastActiveMs = lastActiveMs
        self.topGenres = topGenres
    }
}

/// Where the lists are kept for front ends.
package protocol ListSink: ~Copyable {
    /// Writes the whole batch in one pipeline, does something else `meanwhile`, and waits for the answers;
    /// `generatedAtMs` is stamped on each list.
    ///
    /// Returns the users whose list a `refresh` found gone: they need a `top`. Retry rule: a throw says nothing
    /// about what was written, and `meanwhile` may not have been called; every write is idempotent, so send the newest
    /// of each again.
    mutating func write(
        _ batch: [ListWrite], generatedAtMs: Int64, meanwhile: () -> Void
    ) throws(Trouble) -> [Identifier]

    /// Whether the server still holds the mark that `.model` wrote: `false` after it came back empty. Refreshes the
    /// mark's time to live. To be asked after a failure and now and then.
    mutating func remembersUs() throws(Trouble) -> Bool
}

extension ListSink where Self: ~Copyable {
    package mutating func write(
        _ batch: [ListWrite], generatedAtMs: Int64
    ) throws(Trouble) -> [Identifier] {
        try write(batch, generatedAtMs: generatedAtMs, meanwhile: {})
    }
}
