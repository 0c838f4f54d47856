package import Model

extension Ranker {
    /// Fewer users than this are ranked one by one: a block costs the same for one as for all.
    private static var blockMin: Int { 6 }

    /// Hands on the entries of each of these users, in their order. The same as of each alone, in every bit, but
    /// several times as fast.
    package mutating func forEach(
        _ users: ArraySlice<UInt32>, model: borrowing Model,
        _ take: (_ user: UInt32, _ entries: [TopList.Entry]) -> Void
    ) {
        var rest = users
        let blockMax = options.algorithm.isBlend ? BlockSheet.users(items: model.items.rowCount) : 1
        while !rest.isEmpty {
            // Of whom nothing is known gets another list than the others, and ends a block.
            let some = rest.prefix(blockMax).prefix { !model.isBlank(user: $0) }
            if some.count >= Self.blockMin {
                rankBlock(some, model: model, take)
                rest = rest.dropFirst(some.count)
            } else if let user = rest.popFirst() {
                take(user, entries(user: user, model: model))
            }
        }
    }

    private mutating func rankBlock(
        _ users: ArraySlice<UInt32>, model: borrowing Model,
        _ take: (_ user: UInt32, _ entries: [TopList.Entry]) -> Void
    ) {
        model.begin(
            users, by: options.algorithm, withNewcomers: newcomerPlaces.areThere(in: options.size), on: &block
        )
        for (lane, user) in users.enumerated() {
            for act in model.actsByRow(of: user) { block.hide(act.item, from: lane) }
        }
        for row in model.catalog.unavailable { block.hide(row) }
        mask.follow(model)
        for row in mask.hidden { block.hide(row) }
        model.rank(&block, by: options.algorithm)
        var list: [TopSelection.Choice] = []
        for (lane, user) in users.enumerated() {
            if lane + 1 < users.count { model.expectReasons(of: lane + 1, on: block) }
            list.removeAll(keepingCapacity: true)
            block.forEach(of: lane) { list.append(TopSelection.Choice(row: $0, score: $1)) }
            diversifier.arrange(&list, size: options.size, model: model)
            newcomerPlaces.fill(&list, size: options.size, with: model.newcomers(of: lane, on: block))
            take(
                user,
                list.map { choice in
                    let because =
                        options.algorithm.explainsByCounts
                        ? model.because(choice.row, of: lane, on: block)
                        : model.because(user: user, item: choice.row, by: options.algorithm)
                    return entry(choice.row, choice.score, because: because, model)
                })
        }
    }
}
