import Model

/// The rows that a filter keeps off every list, kept up to date as items come and go and as the catalog changes.
///
/// Memory: one byte for each item, and 4 for each that is kept off.
struct FilterMask {
    private let filter: ListFilter
    /// In rising order.
    private(set) var hidden: [UInt32] = []
    private var isHidden: [Bool] = []
    private var revision: UInt64 = 0
    private var removals: UInt64 = 0

    init(_ filter: ListFilter) {
        self.filter = filter
    }

    subscript(row: UInt32) -> Bool { Int(row) < isHidden.count && isHidden[Int(row)] }

    /// Catches up with the model. Cost: nothing where nothing changed, else O(items + names in the filter).
    mutating func follow(_ model: borrowing Model) {
        guard !filter.isEmpty else { return }
        let isCurrent =
            isHidden.count == model.items.rowCount && removals == model.items.removals
            && (!filter.asksForGenres || revision == model.catalog.revision)
        guard !isCurrent else { return }
        (revision, removals) = (model.catalog.revision, model.items.removals)
        isHidden = [Bool](repeating: !filter.allow.isEmpty, count: model.items.rowCount)
        for row in filter.allow.compactMap({ model.items.row(of: $0) }) { isHidden[Int(row)] = false }
        for row in filter.deny.compactMap({ model.items.row(of: $0) }) { isHidden[Int(row)] = true }
        if filter.asksForGenres { hideGenres(model) }
        hidden = isHidden.indices.filter { isHidden[$0] }.map(UInt32.init)
    }

    private mutating func hideGenres(_ model: borrowing Model) {
        let genres = ListFilter.Genres(filter, names: model.catalog.genreNames)
        for row in isHidden.indices where !isHidden[row] {
            isHidden[row] = filter.genreRule(against: UInt32(row), model, genres: genres) != nil
        }
    }
}
