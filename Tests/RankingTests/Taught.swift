import Events
import Model
import State

/// Models for the tests of lists.
enum Taught {
    /// Sixty users of two tastes and sixty items: those with an even number are comedies of the nineties, the others
    /// horror of the seventies. Item 58 and 59 are in the catalogue alone; item 57 is not available.
    static func twoTastes(events: Int = 1_500) -> Model {
        var model = Model(options: ModelOptions())
        for item in 0..<60 {
            let isEven = item % 2 == 0
            describe(
                &model, item, genres: [isEven ? "Comedy" : "Horror"] + (item % 5 == 0 ? ["War"] : []),
                year: (isEven ? 1_990 : 1_970) + item % 10, available: item != 57)
        }
        var dice = Dice(seed: 7)
        for time in 0..<events {
            let user = dice.below(60)
            let item = 2 * dice.below(29) + (dice.below(8) == 0 ? 1 - user % 2 : user % 2)
            rate(&model, "u\(user)", item, Float(3 + dice.below(3)), at: time * 20)
        }
        return model
    }

    static func describe(
        _ model: inout Model, _ item: Int, genres: [String], year: Int? = nil, people: [String] = [],
        available: Bool = true
    ) {
        var recorder = StateRecorder()
        _ = model.describe(
            CatalogItem(
                item: id("i\(item)"), title: "Item \(item)", genres: genres, year: year, people: people,
                available: available), recorder: &recorder)
    }

    static func rate(_ model: inout Model, _ user: String, _ item: Int, _ value: Float, at seconds: Int) {
        var recorder = StateRecorder()
        let rating = Interaction(
            action: .rating, user: id(user), item: id("i\(item)"), value: value,
            timestampMs: Int64(seconds) * 1_000, identity: EventIdentity(high: 0, low: UInt64(seconds)))
        _ = model.learn(rating, judges: false, recorder: &recorder)
    }

    static func id(_ text: String) -> Identifier {
        guard let id = Identifier(text) else { preconditionFailure("a short id is an id") }
        return id
    }
}
