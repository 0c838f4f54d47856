/// Items that hardly anybody had the chance to act on.
extension Model {
    /// The rows of items that the catalog describes and that are new (`Popularity.isNew`): those that came last, at most
    /// `newcomersMax`, in rising order.
    ///
    /// - Complexity: O(items) where there are few.
    func findNewcomers(into rows: inout [UInt32]) {
        rows.removeAll(keepingCapacity: true)
        guard !catalog.isSilent else { return }
        for row in (0..<UInt32(items.rowCount)).reversed()
        where rankingHead.popularity.isNew(row) && catalog.tells(row) {
            rows.append(row)
            if rows.count == Self.newcomersMax { break }
        }
        rows.reverse()
    }

    /// The newcomers as the user sees them whose scores, by a blend, are on the sheet.
    package func newcomers(on sheet: borrowing ScoreSheet) -> ArraySlice<Newcomer> {
        var rows: [UInt32] = []
        findNewcomers(into: &rows)
        return rows.map { Newcomer(row: $0, score: sheet[$0], liking: sheet.liking[Int($0)]) }[...]
    }

    /// The same for the user in this lane, of a block that was begun `withNewcomers`.
    package func newcomers(of user: Int, on sheet: borrowing BlockSheet) -> ArraySlice<Newcomer> {
        sheet.newcomers.of(user)
    }

    private static var newcomersMax: Int { 256 }
}
