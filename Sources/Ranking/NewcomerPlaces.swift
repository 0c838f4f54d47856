package import Model

/// Keeps the last places of a list for newcomers of a kind that the user likes: one that is never shown is never acted
/// on, and stays unknown.
///
/// They stand last because little is known of them. Each costs the hits of one place, the least likely of the list.
package struct NewcomerPlaces {
    private let count: Int

    /// - Parameters:
    ///   - count: places at most; never more than a tenth of a list.
    ///   - algorithm: only the blend of all knows newcomers and what else there is.
    package init(_ count: Int, by algorithm: Algorithm) {
        self.count = algorithm == .hybrid ? count : 0
    }

    /// Whether lists of this length have such places at all.
    package func areThere(in size: Int) -> Bool { places(size) > 0 }

    /// Gives the last places of a list of at most `size` to the newcomers that are liked most, of equals to those that
    /// came first. Those stand in the order of their scores.
    package func fill(
        _ list: inout [TopSelection.Choice], size: Int, with newcomers: [Newcomer]
    ) {
        let places = places(size)
        guard places > 0, !newcomers.isEmpty else { return }
        let liked = newcomers.filter { newcomer in
            newcomer.liking > 0 && newcomer.score > -.infinity && !list.contains { $0.row == newcomer.row }
        }
        let chosen = liked.sorted { ($1.liking, $0.row) < ($0.liking, $1.row) }.prefix(places)
        list.removeLast(max(0, list.count + chosen.count - size))
        list += chosen.sorted { ($1.score, $0.row) < ($0.score, $1.row) }
            .map { TopSelection.Choice(row: $0.row, score: $0.score) }
    }

    private func places(_ size: Int) -> Int { min(count, size / 10) }
}
