import Events
import KafkaLog
import Testing

@Suite(.ownThread) struct CatalogSourceTests {
    @Test func readsEveryPartitionFromItsBeginningEachTime() throws {
        let broker = try EmbeddedBroker(topics: ["catalog.v1": 3])
        try publish(quick(broker), "catalog.v1", (0..<30).map { ("item-\($0)", "\($0)") })
        for _ in 0..<2 {
            var source = try CatalogSource(quick(broker), topic: "catalog.v1") { _ in }
            let seen = try poll(&source) { $0.ends.count >= 3 && $0.texts.count >= 30 }
            #expect(seen.first == .assigned((0..<3).map { Lane(topic: .catalog, partition: $0) }))
            #expect(Set(seen.texts) == Set((0..<30).map(String.init)))
        }
    }

    @Test func waitsForATopicThatDoesNotExistYet() throws {
        let broker = try EmbeddedBroker(topics: ["catalog.v1": 1])
        broker.setMissing(true, topic: "catalog.v1")
        let notices = Notices()
        var source = try CatalogSource(quick(broker), topic: "catalog.v1", onNotice: notices.keep)
        let before = try poll(&source) { _ in notices.contains("'catalog.v1' does not exist yet") }
        #expect(before == [])
        broker.setMissing(false, topic: "catalog.v1")
        try publish(quick(broker), "catalog.v1", [("item", "there")])
        #expect(try poll(&source) { !$0.texts.isEmpty }.texts == ["there"])
        #expect(notices.count("does not exist yet") == 1)
        #expect(notices.count("is there now") == 1)
    }
}
