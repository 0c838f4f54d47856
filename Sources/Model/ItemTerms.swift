/// What of a score is an item's own, the same for everybody: worked out once for all users of a block.
struct ItemTerms: ~Copyable {
    /// How much each item is wanted now, weighed, by row.
    var wants = AlignedFloats()
    /// How long it has been there, weighed, by row.
    var ages = AlignedFloats()

    /// Room for so many items; what stands there is of no use yet.
    mutating func begin(items: Int) {
        wants.reset(count: items)
        ages.reset(count: items)
    }
}
