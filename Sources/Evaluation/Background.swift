import Events
import Model

/// What the figures need to know besides the model: the plain contenders, and what is on record of items.
struct Background {
    private(set) var biases: PlainBiases
    private(set) var counts = ItemCounts()
    private var raters = CoRaters()
    /// When each item was first acted on, by item row.
    private var firstMs: [Int64] = []
    private var usersSeen = 0

    /// Diversity is worked out for every so many-th list: it costs more than the list.
    private static let listsPerDiversity: UInt64 = 16
    private var listsSeen: UInt64 = 0

    init(startRating: Float) {
        biases = PlainBiases(start: startRating)
    }

    /// Takes in what the model has just learned.
    mutating func learn(_ lesson: Lesson, from interaction: Interaction) {
        if interaction.action == .rating {
            biases.learn(interaction.value, user: lesson.user, item: lesson.item)
        }
        usersSeen = max(usersSeen, Int(lesson.user) + 1)
        guard !lesson.isUpdate, lesson.isTaken else { return }
        counts.note(lesson.item)
        raters.note(user: lesson.user, item: lesson.item)
        while firstMs.count <= Int(lesson.item) { firstMs.append(.max) }
        firstMs[Int(lesson.item)] = min(firstMs[Int(lesson.item)], interaction.timestampMs)
    }

    /// Whether the item was first seen within a week of this time, or never.
    func isFresh(_ item: UInt32?, atMs timestampMs: Int64) -> Bool {
        guard let item, Int(item) < firstMs.count, firstMs[Int(item)] != .max else { return true }
        return timestampMs - firstMs[Int(item)] < Scorecard.freshMs
    }

    func predict(_ contender: Contender, user: UInt32?, item: UInt32?) -> Float {
        contender == .globalMean ? biases.mean : biases.predict(user: user, item: item)
    }

    /// Begins with the lists of another question.
    mutating func beginLists() { listsSeen += 1 }

    /// Describes the first ten of a list.
    mutating func describe(_ items: [UInt32]) -> JudgedList {
        var list = JudgedList(items: items)
        guard !items.isEmpty else { return list }
        let bits = items.reduce(0.0) { $0 - Curves.log2(Double(counts[$1]) / Double(usersSeen)) }
        list.novelty = bits / Double(items.count)
        if listsSeen % Self.listsPerDiversity == 0 { list.diversity = raters.meanDistance(items) }
        return list
    }
}
