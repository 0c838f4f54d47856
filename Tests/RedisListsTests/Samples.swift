import Events
import Pipeline
import Ranking
import RedisLists

extension RedisWriter {
    static let topics: [Topic: String] = [
        .ratings: "ratings.v1", .feedback: "feedback.v1", .catalog: "catalog.v1", .erasures: "erasures.v1",
    ]

    static func forTests(
        _ address: RedisAddress, settings: RedisSettings = RedisSettings(), mark: String = "mark"
    ) -> RedisWriter {
        RedisWriter(to: address, settings: settings, topics: topics, model: "m1", mark: mark)
    }
}

extension Identifier {
    /// The text must be a fair id.
    static func sample(_ text: String) -> Identifier {
        guard let id = Identifier(text) else { preconditionFailure("not an id: \(text)") }
        return id
    }
}

extension TopList {
    static func sample(user: String, entries: [Entry] = [.sample("318", 4)], offset: Int64 = 1_234) -> TopList
    {
        TopList(
            user: .sample(user), entries: entries, eventTimeMs: 1_699_999_999_000,
            source: Position(lane: Lane(topic: .ratings, partition: 3), offset: offset))
    }
}

extension TopList.Entry {
    static func sample(_ item: String, _ score: Float, because: String? = nil) -> Self {
        Self(item: .sample(item), score: score, because: because.map(Identifier.sample))
    }
}

extension ProfileFeatures {
    static var sample: ProfileFeatures { sample(meanRating: 3.708_333) }

    static func sample(meanRating: Float) -> ProfileFeatures {
        ProfileFeatures(
            events: 12, ratings: 10, meanRating: meanRating, lastActiveMs: 1_699_999_999_000,
            topGenres: ["Drama", "Sci-Fi", "a,b%"])
    }
}
