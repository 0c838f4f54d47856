/// The first ten of a list that was judged.
struct JudgedList {
    static let size = 10

    /// Item rows, best first.
    var items: [UInt32] = []
    /// See `ListFigures`.
    var novelty = 0.0
    /// `nil` where it was not worked out, or there are no two items.
    var diversity: Double?
}
