import Events
import Model
import State
import Testing

/// A model that learned a stream learns all its ratings again, in epochs.
@Suite struct LearningAgainTests {
    private static let events = 6_000

    @Test func everyRatingIsKnownOnce() {
        var taught = Taught(events: 500)
        taught.learn(user: "u0", item: "i0", rating: 1, timestampMs: 9_000_000)
        taught.learn(user: "u0", item: "i0", rating: 2, timestampMs: 9_000_001)
        let known = taught.model.knownRatings()
        let pairs = Set((0..<known.count).map { [known.users[$0], known.items[$0]] })
        #expect(pairs.count == known.count)
        let (user, item) = (taught.model.row(user: "u0"), taught.model.row(item: "i0"))
        let place = (0..<known.count).first { known.users[$0] == user && known.items[$0] == item }
        #expect(place.map { known.ratings[$0] } == 2)
    }

    @Test func whatWasRatedIsExpectedBetter() {
        var taught = Taught(events: Self.events)
        let before = taught.rmse
        taught.again(epochs: 20)
        let after = taught.rmse
        #expect(after < 0.9 * before, "\(before), then \(after)")
        // And the stream goes on.
        for _ in 0..<200 { taught.learnNext() }
        let later = taught.rmse
        #expect(later.isFinite && later < before)
    }

    @Test func noEpochsChangeNothing() {
        var taught = Taught(events: 500)
        _ = taught.changedRows()
        let before = taught.bytes()
        taught.again(epochs: 0)
        let after = taught.bytes()
        #expect(after == before)
    }

    @Test func theSameSeedGivesTheSameState() {
        let states = [1, 1, 2].map { seed in
            var taught = Taught(events: 1_000)
            taught.again(epochs: 3, seed: UInt64(seed))
            return taught.bytes()
        }
        #expect(states[0] == states[1] && states[0] != states[2])
    }

    /// Only rows that changed are kept: after the epochs a checkpoint must hold every one of them.
    @Test func theNextCheckpointHoldsWhatChanged() {
        var taught = Taught(events: 1_000)
        _ = taught.changedRows()
        taught.again(epochs: 2)
        let changed = taught.changedRows()
        let known = taught.model.knownRatings()
        #expect(changed[.users] == Set(known.users).count && changed[.userFactors] == changed[.users])
        #expect(changed[.itemFactors] == Set(known.items).count)
    }

    @Test func aModelWithoutRatingsHasNothingToLearn() {
        var taught = Taught(events: 0)
        taught.again(epochs: 5)
        #expect(taught.model.users.count == 0)
    }
}

/// A model, what it is taught, and how it is kept.
private struct Taught: ~Copyable {
    var model: Model
    var recorder = StateRecorder()
    private let ratings = SomeRatings.make(7_000, users: 120, items: 90)
    private var next = 0

    init(events: Int) {
        var options = ModelOptions()
        options.factors = 16
        model = Model(options: options)
        for _ in 0..<events { learnNext() }
    }

    mutating func learnNext() {
        learn(
            user: "u\(ratings.users[next])", item: "i\(ratings.items[next])", rating: ratings.ratings[next],
            timestampMs: Int64(next) * 1_000)
        next += 1
    }

    mutating func learn(user: String, item: String, rating: Float, timestampMs: Int64) {
        guard let user = Identifier(user), let item = Identifier(item) else { return }
        let interaction = Interaction(
            action: .rating, user: user, item: item, value: rating, timestampMs: timestampMs,
            identity: EventIdentity(high: 0, low: 0))
        _ = model.learn(interaction, judges: false, recorder: &recorder)
    }

    mutating func again(epochs: Int, seed: UInt64 = 42) {
        model.learnAgain(
            epochs: epochs, options: BatchOptions(epochs: epochs, seed: seed, factors: 16),
            parallel: serially, recorder: &recorder)
    }

    /// Over all ratings that are known, by who rated them a while ago.
    var rmse: Double {
        let known = model.knownRatings()
        var squares = 0.0
        for place in 0..<known.count {
            let expected = model.predictRating(
                user: known.users[place], item: known.items[place], timestampMs: 1 << 40)
            squares += Double((expected - known.ratings[place]) * (expected - known.ratings[place]))
        }
        return (squares / Double(known.count)).squareRoot()
    }

    /// Everything that changed since this was last asked, and the core, as it is kept.
    mutating func bytes() -> [UInt8] {
        recorder.begin()
        model.copyOwed(bytesMax: .max, recorder: &recorder)
        var bytes = recorder.takeChunks().flatMap(\.bytes)
        model.writeCore(to: &bytes)
        return bytes
    }

    mutating func changedRows() -> [StateTable: Int] {
        recorder.begin()
        model.copyOwed(bytesMax: .max, recorder: &recorder)
        return recorder.takeChunks().flatMap(\.rows).reduce(into: [:]) { $0[$1.table, default: 0] += 1 }
    }
}

extension Model {
    fileprivate func row(user: String) -> UInt32? { Identifier(user).flatMap { users.row(of: $0) } }
    fileprivate func row(item: String) -> UInt32? { Identifier(item).flatMap { items.row(of: $0) } }
}
