/// What one contender had to say to a question.
struct Answer {
    /// The rating, where one was asked for.
    var expected: Float?
    /// How many of the items seen so far stood before the item; `nil` where that was not asked or cannot be said.
    var rank: Int?
    /// The same among all items that are known, where the item is fresh.
    var freshRank: Int?
    /// The list on which it was looked up.
    var list = JudgedList()
}
