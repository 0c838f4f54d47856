package import Events

/// What a state says about itself beside its rows: who wrote it and what it was learned from.
package struct StateDescription: Equatable, Sendable {
    package struct TopicFacts: Equatable, Sendable {
        package var topic: Topic
        /// In Kafka.
        package var name: String
        package var partitions: Int

        package init(topic: Topic, name: String, partitions: Int) {
            self.topic = topic
            self.name = name
            self.partitions = partitions
        }
    }

    /// The version of the program that wrote the newest checkpoint.
    package var program: String
    /// The settings that the learned numbers depend on, as `name=value` with blanks between.
    package var model: String
    package var topics: [TopicFacts]

    package init(program: String = "", model: String = "", topics: [TopicFacts] = []) {
        self.program = program
        self.model = model
        self.topics = topics
    }

    /// Takes over how the topics are now. Of those that nobody tells of, what was known holds.
    package mutating func update(_ present: [TopicFacts]) {
        topics.removeAll { kept in present.contains { $0.topic == kept.topic } }
        topics = (topics + present).sorted { $0.topic.rawValue < $1.topic.rawValue }
    }

    /// Topics of this state that have other names by now: their offsets mean nothing there.
    package func renamed(among names: [Topic: String]) -> [TopicFacts] {
        topics.filter { kept in names[kept.topic].map { $0 != kept.name } ?? false }
    }

    /// How the topics of this state differ from those that are there now; empty when offsets mean the same.
    ///
    /// A topic that the state has never read is no difference.
    package func differences(from present: [TopicFacts]) -> [String] {
        topics.compactMap { kept in
            guard let now = present.first(where: { $0.topic == kept.topic }) else {
                return "'\(kept.name)' is not there"
            }
            if now.name != kept.name { return "'\(kept.name)' is called '\(now.name)' now" }
            guard now.partitions != kept.partitions else { return nil }
            let before = kept.partitions == 1 ? "1 partition" : "\(kept.partitions) partitions"
            return "'\(kept.name)' had \(before) and has \(now.partitions)"
        }
    }
}

/// Which checkpoint a state shows.
package struct CheckpointMark: Equatable, Sendable {
    /// Counts from 1; 0 where nothing was kept yet.
    package var number: Int64
    /// When it was committed, in epoch milliseconds.
    package var timeMs: Int64
}
