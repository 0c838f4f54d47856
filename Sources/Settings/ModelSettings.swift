/// `model`: what is learned.
package struct ModelSettings: Equatable, Sendable {
    package var factors = 64
    package var seed = 42
    package var positiveRating: Float = 4
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
            "model.history", \.model.history, WholeNumber(1...10_000), unit: "items",
            "The latest items of a user that speak for the next; older ones carry little signal."),
        Key(
            "model.neighbours", \.model.neighbours, WholeNumber(1...4_096), unit: "items",
            "Neighbours kept per item: more remembers rarer pairs, at 8 to 16 bytes each."),
    ]
}
