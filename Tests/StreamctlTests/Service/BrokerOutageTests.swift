import KafkaLog
import Pipeline
import Testing

@testable import streamctl

/// The broker goes away in the middle of the stream and comes back.
@Suite(.ownThread) struct BrokerOutageTests {
    @Test func consumptionResumesWithNothingLostOrDoubled() throws {
        let ratings = try Ratings.few.get()
        let parts = [0..<600, 600..<1_200, 1_200..<1_800]
        let servers = try startServers()
        let wiring = servers.wiring
        let log = LogLines()
        var engine = try wiring.makeEngine(log: log)
        try ratings.publish(parts[0], wiring)
        try drive(&engine, toRead: 300)
        for part in parts.dropFirst() {
            servers.broker.setDown(true)
            // The first outage is told at once; one that follows soon after is not told again.
            try drive(&engine, "told that the broker is away") { _ in log.count("does not answer") > 0 }
            servers.broker.setDown(false)
            try ratings.publish(part, wiring)
            try drive(&engine, toRead: part.upperBound)
        }
        let accounting = engine.core.accounting
        #expect(accounting.isBalanced)
        #expect(accounting.read == 1_800)
        #expect(accounting.learned == 1_800)
        var front = Front(servers)
        try front.expectLists(of: ratings.byUser(rows: 0..<1_800))
    }
}
