import KafkaLog
import Testing

@Suite(.ownThread) struct BrokerProbeTests {
    @Test func describesWhatIsThere() throws {
        let broker = try EmbeddedBroker(topics: ["b.v1": 2, "a.v1": 1])
        let view = try BrokerProbe.look(quick(broker))
        #expect(
            view.description == """
                1 broker (\(broker.bootstrapServers))
                  a.v1: 1 partition, replication 1
                  b.v1: 2 partitions, replication 1
                """)
    }

    @Test(arguments: [
        ("127.0.0.1:1", "Nothing listens there: start Kafka"),
        ("no-such-host.invalid:9092", "The name is not known here"),
    ])
    func saysWhyNothingAnswers(servers: String, mend: String) {
        do {
            _ = try BrokerProbe.look(KafkaConnection(bootstrapServers: servers), timeoutMs: 5_000)
            Issue.record("something answered")
        } catch {
            #expect(error.message.hasPrefix("Kafka at \(servers) does not answer"))
            #expect(error.message.contains(mend))
            #expect(!error.isConfiguration)
        }
    }
}
