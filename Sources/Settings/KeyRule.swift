/// Something that only several keys together can break.
package struct KeyRule<Subject>: Sendable {
    /// The keys it looks at; the first is the one to mend.
    let paths: [String]
    /// `nil` when all is well.
    let check: @Sendable (Subject) -> Fault?
}

/// A rule of `config/freshet.yaml`.
typealias Rule = KeyRule<Settings>

extension Settings {
    package static let rules: [KeyRule<Settings>] =
        [
            Rule(paths: ["window.dedupe_seconds", "window.lateness_seconds"]) { settings in
                let (memory, lateness) = (settings.window.dedupeSeconds, settings.window.latenessSeconds)
                guard memory < lateness else { return nil }
                return Fault(
                    "is \(memory), below window.lateness_seconds (\(lateness)): late duplicates slip through",
                    mend: "Write \(lateness) or more, or lower the lateness.")
            },
            Rule(paths: ["events.rating_max", "events.rating_min"]) { settings in
                guard settings.events.ratingMax <= settings.events.ratingMin else { return nil }
                return Fault(
                    "is not above events.rating_min, so that no rating could pass",
                    mend: "Write the highest and the lowest rating of your scale.")
            },
            Rule(paths: ["model.positive_rating", "events.rating_min", "events.rating_max"]) { settings in
                let (low, high) = (settings.events.ratingMin, settings.events.ratingMax)
                guard low < high, !(low...high).contains(settings.model.positiveRating) else { return nil }
                return Fault(
                    "lies outside of the scale from events.rating_min to events.rating_max",
                    mend: "Write the rating from which on an item was liked.")
            },
        ] + topicPairs

    /// Each topic against each that stands before it in the table.
    private static var topicPairs: [Rule] {
        let topics = Settings.keys.filter { $0.path.hasPrefix("kafka.topics.") }
        return topics.indices.flatMap { later in
            topics[..<later].map { earlier in collision(of: topics[later], with: earlier) }
        }
    }

    private static func collision(of topic: Key, with earlier: Key) -> Rule {
        Rule(paths: [topic.path, earlier.path]) { settings in
            let names = (topic.rows(settings) + earlier.rows(settings)).map(\.text)
            guard names.count == 2, TopicName.collide(names[0], names[1]) else { return nil }
            return Fault(
                "has the name of \(earlier.path), or one that differs only in '.' and '_'",
                mend: "Give each topic a name of its own.")
        }
    }
}
