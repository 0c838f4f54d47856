import CSQLite
import Events

/// The table `meta`: what a state says about itself, as text under names that are never changed.
struct MetaTable {
    private enum Name {
        static let program = "program"
        static let model = "model"
        static let checkpoint = "checkpoint"
        static let checkpointMs = "checkpoint_ms"
        static func topic(_ topic: Topic) -> String { "topic.\(topic.rawValue).name" }
        static func partitions(_ topic: Topic) -> String { "topic.\(topic.rawValue).partitions" }
    }

    private var values: [String: String] = [:]

    init(_ connection: borrowing Connection) throws(StateError) {
        let statement = try connection.prepare("SELECT name, value FROM meta")
        while try statement.step() { values[statement.text(0)] = statement.text(1) }
    }

    var description: StateDescription {
        StateDescription(
            program: values[Name.program] ?? "", model: values[Name.model] ?? "",
            topics: Topic.allCases.compactMap { topic in
                guard let name = values[Name.topic(topic)],
                    let partitions = values[Name.partitions(topic)].flatMap({ Int($0) })
                else { return nil }
                return StateDescription.TopicFacts(topic: topic, name: name, partitions: partitions)
            })
    }

    var mark: CheckpointMark {
        CheckpointMark(
            number: values[Name.checkpoint].flatMap { Int64($0) } ?? 0,
            timeMs: values[Name.checkpointMs].flatMap { Int64($0) } ?? 0)
    }

    /// Writes both, within the transaction under way.
    static func write(
        _ description: StateDescription, _ mark: CheckpointMark, to connection: borrowing Connection
    ) throws(StateError) {
        var values = [
            (Name.program, description.program), (Name.model, description.model),
            (Name.checkpoint, "\(mark.number)"), (Name.checkpointMs, "\(mark.timeMs)"),
        ]
        for facts in description.topics {
            values.append((Name.topic(facts.topic), facts.name))
            values.append((Name.partitions(facts.topic), "\(facts.partitions)"))
        }
        for (name, value) in values {
            let statement = try connection.prepare("INSERT OR REPLACE INTO meta VALUES (?, ?)")
            try statement.bind(1, name)
            try statement.bind(2, value)
            _ = try statement.step()
        }
    }
}
