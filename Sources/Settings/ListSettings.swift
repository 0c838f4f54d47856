/// `lists`: what is written for each user.
package struct ListSettings: Equatable, Sendable {
    package var size = 20
    package var fallbackIntervalMs = 1_000

    package init() {}

    static let keys: [Key] = [
        Key(
            "lists.size", \.lists.size, WholeNumber(1...200), unit: "items",
            "Entries of a list: a page and a half; longer lists cost Redis memory and writing time."),
        Key(
            "lists.fallback_interval_ms", \.lists.fallbackIntervalMs, WholeNumber(100...3_600_000),
            unit: "ms",
            "How often the popular, trending and genre lists are looked at again."),
    ]
}
