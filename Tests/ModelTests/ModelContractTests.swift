import Events
import State
import Testing

@testable import Model

/// What every model must hold to, whatever its heads are.
@Suite struct ModelContractTests {
    @Test func theSameLogGivesTheSameModel() {
        var one = Self.taught(seed: 1, events: 600)
        var two = Self.taught(seed: 1, events: 600)
        let prints = [Self.fingerprint(&one), Self.fingerprint(&two)]
        #expect(prints[0] == prints[1])
        #expect(one.quality == two.quality)
    }

    @Test func lookingChangesNothing() {
        var looked = Self.taught(seed: 2, events: 300)
        var other = Self.taught(seed: 2, events: 300)
        _ = Self.fingerprint(&looked)
        _ = looked.predictRating(user: nil, item: nil, timestampMs: 0)
        let before = (looked.users.count, looked.items.count)
        Self.teach(&looked, seed: 3, events: 300)
        Self.teach(&other, seed: 3, events: 300)
        let prints = [Self.fingerprint(&looked), Self.fingerprint(&other)]
        #expect(prints[0] == prints[1])
        #expect(before == (25, 40))
    }

    /// Judging looks before it learns and leaves no trace in what is learned.
    @Test func judgingChangesNothing() {
        var judged = Model(options: ModelOptions())
        var other = Model(options: ModelOptions())
        Self.teach(&judged, seed: 4, events: 500, judges: true)
        Self.teach(&other, seed: 4, events: 500)
        #expect(judged.quality.positives > 0)
        let prints = [Self.fingerprint(&judged), Self.fingerprint(&other)]
        #expect(prints[0] == prints[1])
    }

    @Test(arguments: [Float.greatestFiniteMagnitude, -1e30, 0, 1e-30])
    func extremeRatingsStayFinite(rating: Float) {
        var model = Self.taught(seed: 5, events: 100)
        for time in 0..<50 {
            _ = model.learn(Self.rate("u\(time % 5)", "i1", rating, at: 10_000 + time), judges: false)
        }
        Self.teach(&model, seed: 6, events: 200)
        for user in 0..<5 as Range<UInt32> {
            let expected = model.predictRating(user: user, item: 1, timestampMs: 0)
            #expect(expected.isFinite)
            let scores = model.scores(user: user)
            let odd = scores.filter { !$0.isFinite }
            #expect(odd == [])
        }
    }

    /// Rows that are broken are not learned from, and it shows.
    @Test func refusedStepsOfBothHeadsAreCounted() {
        var model = Self.taught(seed: 9, events: 200)
        let before = model.stepsRefused
        model.ratingHead.itemFactors[1].update(repeating: 1e6, count: 8)
        _ = model.learn(Self.rate("u0", model.items.name(of: 1).text, 4, at: 2_000_000), judges: false)
        let ofRatings = model.stepsRefused
        model.rankingHead.vectors.items[2].pointee = .nan
        _ = model.learn(Self.rate("new", model.items.name(of: 2).text, 5, at: 2_000_001), judges: false)
        let ofBoth = model.stepsRefused
        #expect(before == 0 && ofRatings > 0 && ofBoth > ofRatings)
    }

    @Test func predictionsStayWithinTheScaleSeen() {
        let model = Self.taught(seed: 7, events: 500)
        for user in 0..<UInt32(model.users.count) {
            for item in 0..<UInt32(model.items.count) {
                let rating = model.predictRating(user: user, item: item, timestampMs: 0)
                #expect((1...5).contains(rating))
            }
        }
    }

    /// Somebody who likes what the others of a group like is shown the group's items.
    @Test func learnsTastes() {
        var model = Model(options: ModelOptions())
        var dice = Dice(seed: 8)
        for time in 0..<3_000 {
            let user = dice.below(40)
            let item = user % 2 == 0 ? dice.below(20) : 20 + dice.below(20)
            _ = model.learn(Self.rate("u\(user)", "i\(item)", 5, at: time), judges: false)
        }
        _ = model.learn(Self.rate("new", "i3", 5, at: 5_000), judges: false)
        guard let user = model.users.row(of: Self.id("new")) else { return #expect(Bool(false), "learned") }
        let scores = model.scores(user: user)
        let best = scores.indices.sorted { scores[$0] > scores[$1] }.prefix(10)
        let group = best.filter { row in
            let number = Int(model.items.name(of: UInt32(row)).text.dropFirst())
            return number.map { $0 < 20 } ?? false
        }
        #expect(group.count >= 9)
    }

    @Test func aNewerRatingReplacesAnOlderOne() {
        var model = Model(options: ModelOptions())
        _ = model.learn(Self.rate("u", "i", 2, at: 10), judges: false)
        let update = model.learn(Self.rate("u", "i", 5, at: 20), judges: false)
        let late = model.learn(Self.rate("u", "i", 1, at: 15), judges: false)
        #expect(update.isUpdate && late.isUpdate)
        model.withProfile(of: 0) { profile in
            let (acts, totals) = (profile.acts, profile.totals)
            #expect(acts.map(\.value) == [5], "the newest by event time wins")
            #expect(totals.meanRating == 5 && totals.positives == 1)
        }
    }

    @Test func hasRoomUpToItsLimits() {
        var options = ModelOptions()
        (options.usersMax, options.itemsMax) = (1, 1)
        var model = Model(options: options)
        _ = model.learn(Self.rate("u", "i", 2, at: 10), judges: false)
        let room = [("u", "i"), ("v", "i"), ("u", "j")].map {
            model.hasRoom(for: Self.rate($0, $1, 3, at: 11))
        }
        #expect(room == [true, false, false])
        let described = model.describe(CatalogItem(item: Self.id("j")))
        #expect(!described)
    }

    private static func taught(seed: UInt64, events: Int) -> Model {
        var model = Model(options: ModelOptions())
        teach(&model, seed: seed, events: events)
        return model
    }

    private static func teach(_ model: inout Model, seed: UInt64, events: Int, judges: Bool = false) {
        var dice = Dice(seed: seed)
        for time in 0..<events {
            let rating = rate(
                "u\(dice.below(25))", "i\(dice.below(40))", Float(1 + dice.below(5)),
                at: Int(seed) * 100_000 + time)
            _ = model.learn(rating, judges: judges && model.options.isPositive(rating))
        }
    }

    /// Everything that a caller can see of a model, in one order.
    private static func fingerprint(_ model: inout Model) -> [Float] {
        var all: [Float] = []
        for user in 0..<UInt32(model.users.count) {
            all += model.scores(user: user)
            for item in 0..<UInt32(model.items.count) {
                all.append(model.predictRating(user: user, item: item, timestampMs: 0))
            }
        }
        return all
    }

    private static func rate(_ user: String, _ item: String, _ value: Float, at seconds: Int) -> Interaction {
        Interaction(
            action: .rating, user: id(user), item: id(item), value: value,
            timestampMs: Int64(seconds) * 1_000,
            identity: EventIdentity(high: 0, low: UInt64(seconds)))
    }

    private static func id(_ text: String) -> Identifier {
        guard let id = Identifier(text) else { preconditionFailure("a short id is an id") }
        return id
    }
}

extension Model {
    func scores(user: UInt32) -> [Float] {
        var sheet = ScoreSheet()
        score(user: user, on: &sheet)
        return sheet.withScores { Array($0) }
    }

    /// Learns without anybody keeping the state.
    mutating func learn(_ interaction: Interaction, judges: Bool) -> Lesson {
        var recorder = StateRecorder()
        return learn(interaction, judges: judges, recorder: &recorder)
    }

    mutating func describe(_ item: CatalogItem) -> Bool {
        var recorder = StateRecorder()
        return describe(item, recorder: &recorder)
    }
}
