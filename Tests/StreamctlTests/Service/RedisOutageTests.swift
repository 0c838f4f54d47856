import Pipeline
import RedisLists
import Testing

@testable import streamctl

/// Redis goes away and comes back empty while events go on coming.
@Suite(.ownThread) struct RedisOutageTests {
    enum Outage: CaseIterable {
        /// It is away while half of the events are learned.
        case away
        /// It crashes and is back before the next write.
        case restarted
        /// It loses everything, and no connection breaks.
        case emptied
    }

    @Test(arguments: Outage.allCases)
    func afterwardsEveryUserHasAListAgain(outage: Outage) throws {
        let ratings = try Ratings.few.get()
        // The last hundred touch a few users: the others' lists come back only because the loss is noticed.
        let count = 1_200
        let before = count - 100
        var servers = try startServers()
        let wiring = servers.wiring
        let log = LogLines()
        var engine = try wiring.makeEngine(log: log)
        try ratings.publish(0..<before, wiring)
        try drive(&engine, toRead: before)

        // Where tests crowd each other Redis may have been too slow before.
        let toldBefore = log.count("lists cannot be written; learning goes on")
        switch outage {
        case .away: servers.redis.kill()
        case .restarted: try servers.redis.restart()
        case .emptied: try servers.redis.ask("FLUSHALL")
        }
        try ratings.publish(before..<count, wiring)
        if outage == .away {
            try drive(&engine, "learning without Redis") { $0.read == count && $0.core.waitingCount == 0 }
            #expect(engine.core.staleCount > 0)
            #expect(!engine.listLink.isUp)
            #expect(log.count("lists cannot be written; learning goes on") == toldBefore + 1)
            try servers.redis.restart()
        }
        // The pauses between tries, and between two looks whether Redis still knows us, are over at once.
        try drive(&engine, toRead: count, aheadMs: 20_000)
        try drive(&engine, "swept", aheadMs: 40_000) { $0.isSettled && $0.isSwept && $0.listLink.isUp }

        #expect(engine.core.accounting.learned == UInt64(count))
        #expect(log.count("Redis lost the lists") == 1)
        var front = Front(servers)
        try front.expectLists(of: ratings.byUser(rows: 0..<count))
        for name in [FallbackName.popular, .trending] {
            let items = try front.reader.fallback(name)
            #expect(items?.isEmpty == false)
        }
        #expect(try servers.redis.keysThatStay() == 0)
    }
}
