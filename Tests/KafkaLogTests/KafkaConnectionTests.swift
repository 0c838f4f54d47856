import Events
import KafkaLog
import Testing

@Suite struct KafkaConnectionTests {
    @Test(arguments: [
        (
            "fetch.wait.max.mss", "10",
            "kafka.properties.fetch.wait.max.mss is not a librdkafka property. Did you mean "
                + "'fetch.wait.max.ms'? Fix it in config/freshet.yaml."
        ),
        (
            "sasl.usernam", "me",
            "kafka.properties.sasl.usernam is not a librdkafka property. Did you mean 'sasl.username'? Fix it in "
                + "config/freshet.yaml."
        ),
        (
            "no.such.thing", "1",
            "kafka.properties.no.such.thing is not a librdkafka property. Its CONFIGURATION.md lists them all; "
                + "fix it in config/freshet.yaml."
        ),
        (
            "fetch.wait.max.ms", "ten",
            "kafka.properties.fetch.wait.max.ms cannot be 'ten': Invalid value for configuration property "
                + "\"fetch.wait.max.ms\". Fix it in config/freshet.yaml, then run 'streamctl lint'."
        ),
        (
            "enable.auto.offset.store", "true",
            "kafka.properties.enable.auto.offset.store cannot be 'true'. Remove it: offsets are stored after "
                + "their output is written, and only then."
        ),
    ])
    func aWrongPropertyIsNamedWithItsMend(name: String, value: String, expected: String) throws {
        let connection = KafkaConnection(bootstrapServers: "127.0.0.1:1", properties: [name: value])
        #expect(connection.problems().map(\.message) == [expected])
        do {
            _ = try KafkaSource(connection, group: "g", topics: [.ratings: ratings]) { _ in }
            Issue.record("a wrong property was taken")
        } catch {
            #expect(error.message == expected)
            #expect(error.isConfiguration)
        }
    }

    @Test func aSecretIsNotRepeated() {
        let connection = KafkaConnection(
            bootstrapServers: "127.0.0.1:1",
            properties: ["sasl.password": "hunter2", "ssl.key.pasword": "hunter3"])
        let text = connection.problems().map(\.message).joined()
        #expect(text.contains("ssl.key.pasword"))
        #expect(!text.contains("hunter"))
    }

    @Test func goodPropertiesAreTakenByConsumersAndProducersAlike() throws {
        let notices = Notices()
        let connection = KafkaConnection(
            bootstrapServers: "127.0.0.1:1",
            properties: ["linger.ms": "3", "fetch.min.bytes": "2", "enable.auto.commit": "true"])
        #expect(connection.problems().isEmpty)
        var source = try KafkaSource(
            connection, group: "g", topics: [.ratings: ratings], onNotice: notices.keep)
        var producer = try EventProducer(connection, onNotice: notices.keep)
        _ = try poll(&source, pollsMax: 1) { _ in false }
        try producer.serve(timeoutMs: 10)
        #expect(notices.count("property") == 0)
    }
}
