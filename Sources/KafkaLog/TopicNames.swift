import Events
import Glibc

/// The names of our topics in Kafka, for quick look-ups in both directions.
struct TopicNames: ~Copyable {
    /// In the order of `Topic`; the C strings are ours.
    private let entries: [(topic: Topic, name: UnsafeMutablePointer<CChar>, text: String)]

    init(_ names: [Topic: String]) {
        entries = Topic.allCases.compactMap { topic in
            guard let text = names[topic], let name = strdup(text) else { return nil }
            return (topic, name, text)
        }
    }

    deinit {
        for entry in entries { free(entry.name) }
    }

    /// In the order of `Topic`.
    var topics: [Topic] { entries.map(\.topic) }

    func topic(named name: UnsafePointer<CChar>) -> Topic? {
        for entry in entries where strcmp(entry.name, name) == 0 { return entry.topic }
        return nil
    }

    func name(of topic: Topic) -> String? {
        entries.first { $0.topic == topic }?.text
    }
}
