import Events
import State
import Testing

@testable import Model

@Suite struct SittingTests {
    /// What was long before the newest rating is no more of its sitting than what comes long after.
    @Test func aSittingIsAroundItsTimeAndNotBeforeAllTime() throws {
        var model = Model(options: ModelOptions())
        var recorder = StateRecorder()
        var dice = Dice(seed: 3)
        for event in 0..<2_000 {
            let user = event % 20
            // Each user rates ten in a row, ten seconds apart, and is harsh every other time.
            let isHarsh = (event / 200) % 2 == user % 2
            let rating = Float((isHarsh ? 1 : 4) + dice.below(2))
            let interaction = try Self.rating(
                rating, of: "i\(dice.below(60))", by: "u\(user)",
                atMs: Int64(event / 200) * 86_400_000 + Int64(event % 200) * 500)
            _ = model.learn(interaction, judges: false, recorder: &recorder)
        }
        let name = try #require(Identifier("u1"))
        let user = try #require(model.users.row(of: name))
        let lastMs = model.withProfile(of: user) { $0.lastActiveMs }
        let item = model.items.row(of: try #require(Identifier("i7")))
        let expected = [-31_536_000_000, 0, 31_536_000_000].map {
            model.predictRating(user: user, item: item, timestampMs: lastMs + $0)
        }
        #expect(expected[0] == expected[2])
        #expect(expected[0] != expected[1])
    }

    private static func rating(
        _ rating: Float, of item: String, by user: String, atMs: Int64
    ) throws -> Interaction {
        let (user, item) = (try #require(Identifier(user)), try #require(Identifier(item)))
        let timestampMs = 1_000_000_000_000 + atMs
        return Interaction(
            action: .rating, user: user, item: item, value: rating, timestampMs: timestampMs,
            identity: EventIdentity(
                topic: .ratings, action: .rating, user: user, item: item, timestampMs: timestampMs,
                value: rating))
    }
}
