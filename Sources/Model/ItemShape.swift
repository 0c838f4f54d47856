import CKernels

/// An item as it is compared with others: see `Model.likeness`.
package struct ItemShape: Sendable {
    package let row: UInt32
    /// The length of the item's vector.
    fileprivate let vectorNorm: Float
    /// The length of the vector of what it is like; 0 where nothing is known of it.
    fileprivate let contentNorm: Float
}

extension Model {
    package func shape(of row: UInt32) -> ItemShape {
        ItemShape(
            row: row, vectorNorm: rankingHead.vectors.norm(of: row),
            contentNorm: catalog.content.norm(of: row))
    }

    /// How alike two items are, from 0 to 1: the mean of the cosine of the vectors that were learned and of that of
    /// genres, people and years; where the catalog knows nothing of one of the two, the former alone.
    ///
    /// - Complexity: O(factors + features).
    package func likeness(_ one: ItemShape, _ other: ItemShape) -> Float {
        let norms = one.vectorNorm * other.vectorNorm
        let learned = norms > 0 ? max(0, rankingHead.vectors.dot(one.row, other.row) / norms) : 0
        let content = one.contentNorm * other.contentNorm
        guard content > 0 else { return learned }
        return (learned + catalog.content.cosine(one.row, other.row, norms: content)) / 2
    }
}
