/// `kafka`: where the log is, and what its topics are called.
package struct KafkaSettings: Equatable, Sendable {
    /// The names that the topics have in Kafka.
    package struct Topics: Equatable, Sendable {
        package var ratings = "ratings.v1"
        package var feedback = "feedback.v1"
        package var catalog = "catalog.v1"
        package var erasures = "erasures.v1"
        package var deadLetters = "dead-letters.v1"

        package init() {}
    }

    package var brokers = "localhost:9092"
    package var group = "freshet"
    package var topics = Topics()
    package var properties = KafkaProperties()

    package init() {}

    static let keys: [Key] = [
        Key(
            "kafka.brokers", \.kafka.brokers, BrokerList(),
            "Where to find the cluster: one broker that answers is enough, two survive its absence."),
        Key(
            "kafka.group", \.kafka.group, PlainText(bytesMax: 255),
            "Workers of one group share the partitions; another group reads everything anew."),
        Key("kafka.topics.ratings", \.kafka.topics.ratings, TopicName(), "Ratings, keyed by user."),
        Key(
            "kafka.topics.feedback", \.kafka.topics.feedback, TopicName(),
            "Clicks, plays, skips and such, keyed by user."),
        Key(
            "kafka.topics.catalog", \.kafka.topics.catalog, TopicName(),
            "What the items are; compacted, keyed by item."),
        Key(
            "kafka.topics.erasures", \.kafka.topics.erasures, TopicName(),
            "Users to be forgotten, keyed by user."),
        Key(
            "kafka.topics.dead_letters", \.kafka.topics.deadLetters, TopicName(),
            "Where refused events go, byte for byte, with the reason."),
        Key(
            mapAt: "kafka.properties", \.kafka.properties, range: "native names",
            "Settings of librdkafka by their own names, such as security.protocol or sasl.password."),
    ]
}
