/// An item that hardly anybody had the chance to act on, as one user sees it.
///
/// Nothing but the catalog speaks for it. That is never enough against what many have taken in, so a list that is made
/// of scores alone shows it to nobody, and it stays what it is: lists keep a place for it (`NewcomerPlaces`).
package struct Newcomer: Equatable, Sendable {
    package let row: UInt32
    /// As all other items are scored; minus infinity where the item must not be listed.
    package let score: Float
    /// How much the user likes what the item is like; above 0 is rather liked.
    package let liking: Float

    package init(row: UInt32, score: Float, liking: Float) {
        (self.row, self.score, self.liking) = (row, score, liking)
    }
}
