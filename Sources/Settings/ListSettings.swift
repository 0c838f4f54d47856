/// `lists`: what is written for each user.
package struct ListSettings: Equatable, Sendable {
    package enum Algorithm: String, CaseIterable, Sendable {
        case hybrid, collaborative, content, neighbours, popular
    }

    package var size = 20
    package var algorithm = Algorithm.hybrid
    package var diversity: Float = 0
    package var newcomers = 1
    package var allow: [String] = []
    package var deny: [String] = []
    package var allowGenres: [String] = []
    package var denyGenres: [String] = []
    package var fallbackIntervalMs = 1_000

    package init() {}

    static let keys: [Key] = [
        Key(
            "lists.size", \.lists.size, WholeNumber(1...200), unit: "items",
            "Entries of a list: a page and a half; longer lists cost Redis memory and writing time."),
        Key(
            "lists.algorithm", \.lists.algorithm, Choice(),
            "What makes the lists: all that was learned together, or one part of it alone."),
        Key(
            "lists.diversity", \.lists.diversity, DecimalNumber(0...1),
            "How much a list avoids items that are alike: 0 not at all; 0.3 is seen, and costs hits."),
        Key(
            "lists.newcomers", \.lists.newcomers, WholeNumber(0...20), unit: "items",
            "Last places of a list, one in ten at most, that are for new items of a kind the user likes."
        ),
        Key(
            "lists.allow", \.lists.allow, NameList(noun: "item ids"),
            "If there are any, no other items are ever listed."),
        Key(
            "lists.deny", \.lists.deny, NameList(noun: "item ids"),
            "Items that are never listed, even if they are allowed."),
        Key(
            "lists.allow_genres", \.lists.allowGenres, NameList(noun: "genres"),
            "If there are any, only items of one of these genres are listed, in upper or lower case."
        ),
        Key(
            "lists.deny_genres", \.lists.denyGenres, NameList(noun: "genres"),
            "Items of any of these genres are never listed."),
        Key(
            "lists.fallback_interval_ms", \.lists.fallbackIntervalMs, WholeNumber(100...3_600_000),
            unit: "ms",
            "How often the popular, trending and genre lists are looked at again."),
    ]
}
