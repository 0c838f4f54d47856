/// What became of one interaction that was learned.
package struct Lesson: Equatable, Sendable {
    /// The user's row.
    package var user: UInt32
    /// The item's row.
    package var item: UInt32
    /// Whether it took the place of an earlier act on the same item.
    package var isUpdate: Bool
    /// Whether it says that the item was taken in: only then the item counts as seen, and may be on lists.
    package var isTaken: Bool
}
