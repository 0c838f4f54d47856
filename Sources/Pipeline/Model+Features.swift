package import Model

extension Model {
    /// What other services read of a user: `ProfileFeatures` with at most five genres, best first.
    package func features(of row: UInt32) -> ProfileFeatures {
        withProfile(of: row) { profile in
            let liked = profile.genres.indices.filter { profile.genres[$0] > 0 }
            let best = liked.sorted { (profile.genres[$0], $1) > (profile.genres[$1], $0) }.prefix(5)
            let totals = profile.totals
            return ProfileFeatures(
                events: UInt32(profile.acts.count), ratings: totals.ratings, meanRating: totals.meanRating,
                lastActiveMs: profile.lastActiveMs, topGenres: best.map { catalog.genreNames[$0] })
        }
    }
}
