package import Model

/// Keeps the last places of a list for newcomers of a kind that the user likes: one that is never shown is never acted
/// on, and stays unknown.
///
/// They stand last because little is known of them. Each costs the hits of one place, the least likely of the list.
package struct NewcomerPlaces {
    private let count: Int
    /// Kept for its memory.
    private var chosen: [Newcomer] = []

    /// - Parameters:
    ///   - count: places at most; never more than a tenth of a list.
    ///   - algorithm: only the blend of all knows newcomers and what else there is.
    package init(_ count: Int, by algorithm: Algorithm) {
        self.count = algorithm == .hybrid ? count : 0
    }

    /// Whether lists of this length have such places at all.
    package func areThere(in size: Int) -> Bool { places(size) > 0 }

    /// Who may stand in the last places of a user's list, by the scores on the sheet; nobody for somebody of whom nothing
    /// is known.
    package func candidates(
        for user: UInt32?, size: Int, model: borrowing Model, on sheet: borrowing ScoreSheet
    ) -> ArraySlice<Newcomer> {
        guard let user, areThere(in: size), !model.isBlank(user: user) else { return [] }
        return model.newcomers(on: sheet)
    }

    /// Gives the last places of a list of at most `size` to the newcomers that are liked most, of equals to those that
    /// stand first. They follow each other by their scores.
    package mutating func fill(
        _ list: inout [TopSelection.Choice], size: Int, with newcomers: ArraySlice<Newcomer>
    ) {
        let places = places(size)
        guard places > 0, !newcomers.isEmpty else { return }
        chosen.removeAll(keepingCapacity: true)
        for newcomer in newcomers where newcomer.liking > 0 && newcomer.score > -.infinity {
            if chosen.count == places, chosen[places - 1].liking >= newcomer.liking { continue }
            if list.contains(where: { $0.row == newcomer.row }) { continue }
            if chosen.count == places { chosen.removeLast() }
            chosen.insert(newcomer, at: chosen.firstIndex { $0.liking < newcomer.liking } ?? chosen.count)
        }
        chosen.sort { ($1.score, $0.row) < ($0.score, $1.row) }
        list.removeLast(max(0, list.count + chosen.count - size))
        for newcomer in chosen {
            list.append(TopSelection.Choice(row: newcomer.row, score: newcomer.score))
        }
    }

    private func places(_ size: Int) -> Int { min(count, size / 10) }
}
