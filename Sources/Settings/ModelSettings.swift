/// `model`: what is learned.
package struct ModelSettings: Equatable, Sendable {
    package var factors = 64
    package var seed = 42
    package var positiveRating: Float = 4
    package var actions = ActionSettings()
    package var history = 50
    package var neighbours = 256

    package init() {}

    static let keys: [Key] = [
        Key(
            "model.factors", \.model.factors, WholeNumber(8...512, multipleOf: 8), unit: "numbers",
            "Length of a vector: more catches finer taste, and costs time and 4 bytes per user and item each."
        ),
        Key(
            "model.seed", \.model.seed, WholeNumber(0...4_294_967_295),
            "Feeds every random choice: the same log and seed give the same model, bit for bit."),
        Key(
            "model.positive_rating", \.model.positiveRating, DecimalNumber(-1_000_000...1_000_000),
            unit: "stars",
            "From here on a rating says 'more like this'; on a scale up to 10 try 7."),
        Key(
            "model.actions.like", \.model.actions.like, DecimalNumber(-1...1),
            "What a like says of an item: 1 is 'more of this', -1 'less of this'."),
        Key(
            "model.actions.purchase", \.model.actions.purchase, DecimalNumber(-1...1),
            "What a purchase says; lower it where people buy for others."),
        Key(
            "model.actions.play", \.model.actions.play, DecimalNumber(-1...1),
            "What a play says; lower it where things play by themselves."),
        Key(
            "model.actions.click", \.model.actions.click, DecimalNumber(-1...1),
            "What a click says; lower it where clicks are cheap."),
        Key(
            "model.actions.view", \.model.actions.view, DecimalNumber(-1...1),
            "What a view says: that the item was looked at, and no more."),
        Key(
            "model.actions.impression", \.model.actions.impression, DecimalNumber(-1...0),
            "What an offer that nobody took says: a little against the item. It stays on offer."),
        Key(
            "model.actions.skip", \.model.actions.skip, DecimalNumber(-1...1),
            "What a skip says against an item."),
        Key(
            "model.actions.dislike", \.model.actions.dislike, DecimalNumber(-1...1),
            "What a dislike says against an item; it also keeps the item from lists."),
        Key(
            "model.history", \.model.history, WholeNumber(1...10_000), unit: "items",
            "The latest items of a user that speak for the next; older ones carry little signal."),
        Key(
            "model.neighbours", \.model.neighbours, WholeNumber(4...4_096), unit: "items",
            "Neighbours kept per item: more remembers rarer pairs, at 8 to 16 bytes each."),
    ]
}
