/// What the lists were like, hit or not: their first ten items.
package struct ListFigures: Equatable, Sendable {
    private var listed: [UInt64] = []
    private var lists: UInt64 = 0
    private var novelty = 0.0
    private var spreadLists: UInt64 = 0
    private var spread = 0.0

    package init() {}

    /// Different items that stood on any list.
    package var itemsListed: Int { listed.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Mean self-information of the listed items, in bits: -log₂ of the share of users who had acted on the item.
    package var meanNovelty: Double? { lists == 0 ? nil : novelty / Double(lists) }

    /// Mean distance of two items of one list: 1 minus the cosine of the sets of users who had acted on them.
    package var meanDiversity: Double? { spreadLists == 0 ? nil : spread / Double(spreadLists) }

    mutating func note(_ list: JudgedList) {
        guard !list.items.isEmpty else { return }
        for item in list.items {
            let word = Int(item) >> 6
            while listed.count <= word { listed.append(0) }
            listed[word] |= 1 << UInt64(item & 63)
        }
        lists += 1
        novelty += list.novelty
        if let diversity = list.diversity {
            spreadLists += 1
            spread += diversity
        }
    }
}
