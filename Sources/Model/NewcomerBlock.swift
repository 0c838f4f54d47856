/// What a block of users has to say of the newcomers, noted while all items are scored.
struct NewcomerBlock {
    /// In rising order.
    var rows: [UInt32] = []
    /// By user, then in the order of the rows.
    private var seen: [Newcomer] = []

    mutating func begin(users: Int) {
        seen.removeAll(keepingCapacity: true)
        seen.append(
            contentsOf: repeatElement(
                Newcomer(row: 0, score: -.infinity, liking: 0), count: users * rows.count))
    }

    /// Which of the newcomers are among some items.
    func places(in items: Range<Int>) -> Range<Int> {
        guard let first = rows.firstIndex(where: { $0 >= items.lowerBound }) else { return 0..<0 }
        return first..<(rows[first...].firstIndex { $0 >= items.upperBound } ?? rows.count)
    }

    /// - Parameters:
    ///   - places: those of the newcomers among the items.
    ///   - scores: by item, from `first` on; `liking` likewise.
    mutating func note(
        _ places: Range<Int>, of user: Int, first: Int, scores: UnsafePointer<Float>,
        liking: UnsafePointer<Float>, hiding mask: borrowing ItemMask
    ) {
        for place in places {
            let (row, item) = (rows[place], Int(rows[place]) - first)
            let score = mask.isHidden(row, from: user) ? -.infinity : scores[item]
            seen[user * rows.count + place] = Newcomer(row: row, score: score, liking: liking[item])
        }
    }

    func of(_ user: Int) -> ArraySlice<Newcomer> { seen[user * rows.count..<(user + 1) * rows.count] }
}
