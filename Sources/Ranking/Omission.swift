import Model

/// Items that could not be listed for one reason.
package struct Omission: Equatable, Sendable {
    package enum Reason: Equatable, Sendable {
        /// The user has acted on it.
        case known
        case unavailable
        /// By the settings.
        case filtered(ListFilter.Rule)
        /// By the request.
        case requested(ListFilter.Rule)
        /// Nobody has touched it, and the algorithm knows only what was touched.
        case untouched
    }

    package var reason: Reason
    package var count: Int
    /// A few rows: of the user's own the newest, else those that the model came to know first.
    package var examples: [UInt32]

    private static let examplesMax = 3
    private static let reasons: [Reason] =
        [.known, .unavailable] + ListFilter.Rule.allCases.map(Reason.filtered)
        + ListFilter.Rule.allCases.map(Reason.requested) + [.untouched]

    /// All items that could not be listed, each once; reasons with nothing under them are left out.
    static func all(
        user: UInt32?, algorithm: Algorithm, filter: ListFilter, request: ListFilter, model: borrowing Model
    ) -> [Omission] {
        var omissions = reasons.map { Omission(reason: $0, count: 0, examples: []) }
        let names = model.catalog.genreNames
        let (own, asked) = (
            ListFilter.Genres(filter, names: names), ListFilter.Genres(request, names: names)
        )
        var isKnown = [Bool](repeating: false, count: model.items.rowCount)
        if let user {
            let acts = model.actsByRow(of: user)
            for act in acts { isKnown[Int(act.item)] = true }
            // The newest first: those are what a reader remembers.
            omissions[0].examples = acts.suffix(examplesMax).reversed().map(\.item)
        }
        var isUnavailable = [Bool](repeating: false, count: model.items.rowCount)
        for row in model.catalog.unavailable { isUnavailable[Int(row)] = true }
        for row in 0..<UInt32(model.items.rowCount) {
            let reason: Reason? =
                if isKnown[Int(row)] {
                    .known
                } else if isUnavailable[Int(row)] {
                    .unavailable
                } else if let rule = filter.rule(against: row, model, genres: own) {
                    .filtered(rule)
                } else if let rule = request.rule(against: row, model, genres: asked) {
                    .requested(rule)
                } else if !algorithm.knowsUntouched, !model.isSeen(row) {
                    .untouched
                } else {
                    nil
                }
            guard let reason, let place = reasons.firstIndex(of: reason) else { continue }
            omissions[place].count += 1
            guard reason != .known, omissions[place].examples.count < examplesMax else { continue }
            omissions[place].examples.append(row)
        }
        return omissions.filter { $0.count > 0 }
    }
}
