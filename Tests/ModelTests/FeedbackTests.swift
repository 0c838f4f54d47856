import Events
import State
import Testing

@testable import Model

/// What acts other than ratings teach.
@Suite struct FeedbackTests {
    @Test func anImpressionIsNoAct() {
        var model = Self.taught()
        let before = model.withProfile(of: 0) { $0.acts }
        let lesson = learn(&model, "u0", "i9", .impression, at: 9_000)
        #expect(!lesson.isUpdate)
        model.withProfile(of: 0) { profile in
            #expect(profile.acts == before, "it neither filters the item nor crowds the history")
        }
    }

    /// The score of an item falls with what is said against it, and the more is said the more it falls.
    @Test func whatIsSaidAgainstAnItemLowersIt() {
        var falls: [Float] = []
        for action in [Action.impression, .skip, .dislike] {
            var model = Self.taught()
            let row = model.items.row(of: id("i9")) ?? 0
            let before = Self.standing(of: row, in: model)
            for time in 0..<20 { _ = learn(&model, "u0", "i9", action, at: 9_000 + time) }
            falls.append(before - Self.standing(of: row, in: model))
        }
        #expect(falls[0] > 0 && falls[1] > falls[0] && falls[2] > falls[1], "\(falls)")
    }

    @Test func weightsOfNothingTeachNothing() {
        var options = ModelOptions()
        (options.actions.impression, options.actions.skip) = (0, 0)
        var one = Self.taught(options)
        var other = Self.taught(options)
        let before = one.scores(user: 0)
        _ = learn(&one, "u0", "i9", .impression, at: 9_000)
        let after = one.scores(user: 0)
        #expect(before == after)
        _ = learn(&other, "u0", "i9", .skip, at: 9_000)
        other.withProfile(of: 0) { #expect($0.acts.last?.action == .skip) }
    }

    /// What was skipped in between does not push what was liked out of the context.
    @Test func skipsDoNotCrowdTheHistory() {
        var options = ModelOptions()
        options.actions.skip = 0
        var one = Self.taught(options)
        var other = Self.taught(options)
        for item in 20..<40 { _ = learn(&one, "u0", "i\(item)", .skip, at: 8_000 + item) }
        for item in 20..<40 { _ = learn(&other, "u1", "i\(item)", .skip, at: 8_000 + item) }
        #expect(one.vectorScores(user: 0) == other.vectorScores(user: 0))
    }

    /// How far the item stands above the mean of all, by the vectors.
    private static func standing(of row: UInt32, in model: borrowing Model) -> Float {
        let scores = model.vectorScores(user: 0)
        return scores[Int(row)] - scores.reduce(0, +) / Float(scores.count)
    }

    private static func taught(_ options: ModelOptions = ModelOptions()) -> Model {
        var model = Model(options: options)
        var dice = Dice(seed: 3)
        for time in 0..<1_500 {
            let user = time % 10
            let item = user == 0 ? 1 + dice.below(8) : dice.below(40)
            _ = learn(&model, "u\(user)", "i\(item)", .click, at: time)
        }
        return model
    }

    @discardableResult
    private static func learn(
        _ model: inout Model, _ user: String, _ item: String, _ action: Action, at seconds: Int
    ) -> Lesson {
        model.learn(
            Interaction(
                action: action, user: id(user), item: id(item), value: 1, timestampMs: Int64(seconds) * 1_000,
                identity: EventIdentity(high: 1, low: UInt64(seconds))),
            judges: false)
    }

    private func learn(
        _ model: inout Model, _ user: String, _ item: String, _ action: Action, at seconds: Int
    ) -> Lesson {
        Self.learn(&model, user, item, action, at: seconds)
    }

    private func id(_ text: String) -> Identifier { Self.id(text) }

    private static func id(_ text: String) -> Identifier {
        guard let id = Identifier(text) else { preconditionFailure("a short id is an id") }
        return id
    }
}

extension Model {
    /// At one moment, whatever the user did last: what was done fades with time.
    fileprivate func vectorScores(user: UInt32) -> [Float] {
        var sheet = ScoreSheet()
        score(user: user, by: .collaborative, timestampMs: 9_100_000, on: &sheet)
        return sheet.withScores { Array($0) }
    }
}
