import Events
import Pipeline
import RedisLists
import Testing

@testable import streamctl

/// What a front end finds in a server, held against what was rated.
struct Front: ~Copyable {
    var reader: RedisReader

    init(_ servers: borrowing DemoServers) {
        // Patient: everybody tests at once.
        reader = RedisReader(from: servers.redis.address, timeoutMs: 30_000)
    }

    /// Every user has a list that knows of the newest event and holds nothing that the user rated.
    mutating func expectLists(
        of ratings: [Identifier: [(item: String, rating: Float, timestampMs: Int64)]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var (missing, outdated, withRated, unordered) = (0, 0, 0, 0)
        for (user, rows) in ratings {
            guard let list = try reader.list(of: user) else {
                missing += 1
                continue
            }
            let ids = Set(list.items.map(\.id))
            if list.user != user.text || list.eventTimeMs != rows.map(\.timestampMs).max() { outdated += 1 }
            if !ids.isDisjoint(with: rows.map(\.item)) { withRated += 1 }
            let scores = list.items.map(\.score)
            if ids.count != list.items.count || ids.isEmpty || scores != scores.sorted(by: >) {
                unordered += 1
            }
        }
        #expect(
            [missing, outdated, withRated, unordered] == [0, 0, 0, 0],
            "of \(ratings.count) lists: missing, outdated, with a rated item, out of order",
            sourceLocation: sourceLocation)
    }
}

extension PrivateRedis {
    /// Keys without a time to live, which nobody would ever clean up.
    func keysThatStay() throws -> Int64? {
        try ask(
            "EVAL",
            """
            local n = 0
            for _, key in ipairs(redis.call('KEYS', '*')) do
                if redis.call('TTL', key) <= 0 then n = n + 1 end
            end
            return n
            """, "0"
        ).integer
    }
}
