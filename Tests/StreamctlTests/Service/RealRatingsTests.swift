import Events
import Model
import Pipeline
import RedisLists
import Testing

@testable import streamctl

/// The whole way on real ratings: what `replay` publishes is learned by the engine of `run` and read in Redis.
@Suite(.ownThread) struct RealRatingsTests {
    @Test func everyUserHasAListOfWhatIsNewToThem() throws {
        let ratings = try Ratings.few.get()
        let servers = try startServers()
        try ratings.publishCatalog(servers.wiring)
        try ratings.publish(0..<ratings.count, servers.wiring)
        // The newest again, as a producer would that is not sure whether they arrived.
        let repeated = 10
        try ratings.publish((ratings.count - repeated)..<ratings.count, servers.wiring)
        var engine = try servers.wiring.makeEngine()
        try drive(&engine, toRead: ratings.count + repeated)
        // The lists for people nobody knows are looked at again every second.
        var front = Front(servers)
        try drive(&engine, "known to everybody", aheadMs: 5_000) { _ in
            try front.reader.fallback(.genre("Film-Noir"))?.isEmpty == false
        }

        let accounting = engine.core.accounting
        #expect(accounting.isBalanced)
        #expect(accounting.learned == UInt64(ratings.count))
        #expect(accounting.duplicate + accounting.late == UInt64(repeated))
        #expect(accounting.duplicate >= 1)
        #expect(accounting.rejected == 0)
        #expect(engine.core.model.users.count == 610)

        let byUser = ratings.byUser(rows: 0..<ratings.count)
        #expect(byUser.count == 610)
        try front.expectLists(of: byUser)
        let listed = try front.reader.users(limit: 1_000)
        #expect(listed == byUser.keys.sorted())
        #expect(try servers.redis.keysThatStay() == 0)
        try expectProfiles(of: byUser, from: &front.reader)
        try expectFallbacks(from: &front.reader, ratings)
    }

    private func expectProfiles(
        of ratings: [Identifier: [(item: String, rating: Float, timestampMs: Int64)]],
        from reader: inout RedisReader
    ) throws {
        var (wrong, withGenres) = (0, 0)
        for (user, rows) in ratings {
            guard let profile = try reader.profile(of: user) else {
                wrong += 1
                continue
            }
            let mean = rows.reduce(0) { $0 + $1.rating } / Float(rows.count)
            if profile.events != rows.count || profile.ratings != rows.count
                || abs(profile.meanRating - mean) > 1e-3
                || profile.lastActiveMs != rows.map(\.timestampMs).max()
            {
                wrong += 1
            }
            if !profile.topGenres.isEmpty { withGenres += 1 }
        }
        #expect(wrong == 0)
        #expect(withGenres > ratings.count / 2)
    }

    private func expectFallbacks(from reader: inout RedisReader, _ ratings: Ratings) throws {
        let genres = Dictionary(uniqueKeysWithValues: ratings.catalog.map { ($0.item.text, $0.genres) })
        for name in [FallbackName.popular, .trending, .genre("Drama"), .genre("Film-Noir")] {
            let items = try #require(try reader.fallback(name), "\(name)")
            #expect(!items.isEmpty && Set(items.map(\.id)).count == items.count, "\(name)")
            #expect(items.map(\.score) == items.map(\.score).sorted(by: >), "\(name)")
            if case .genre(let genre) = name {
                #expect(items.allSatisfy { genres[$0.id]?.contains(genre) == true }, "\(name)")
            }
        }
        let model = try #require(try reader.model())
        #expect(model.version == "hybrid-1")
    }
}
