/// `limits`: how much is kept in memory.
package struct LimitSettings: Equatable, Sendable {
    package var users = 10_000_000
    package var items = 1_000_000

    package init() {}

    static let keys: [Key] = [
        Key(
            "limits.users", \.limits.users, WholeNumber(1...100_000_000), unit: "users",
            "Users in memory: of more, the coldest wait in state.folder and come back with their next event."),
        Key(
            "limits.items", \.limits.items, WholeNumber(1...10_000_000), unit: "items",
            "Items in memory and on lists: of more, those wanted least wait in state.folder in the same way."),
    ]
}
