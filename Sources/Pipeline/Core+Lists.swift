package import Events
import Model
import Ranking

extension Core {
    /// Whether anything was ever written: only then can a store have lost it.
    package var hasWrittenLists: Bool { fallbacks.wereWritten }

    /// Whether lists of neighbours are owed.
    package var owesSimilar: Bool { similar.isOwed }

    package func fallbacksAreDue(nowMs: Int64) -> Bool { fallbacks.areDue(nowMs: nowMs) }

    /// Fills `batch` with what is owed to the list store: the lists of at most `limit` users who left memory or
    /// are stale, and the fallbacks when they are due. `false` when nothing is owed. Nothing counts as written until
    /// `listsWritten`.
    ///
    /// - Parameter underWay: the lists of so many stale users are being written, and nothing else is.
    package mutating func makeLists(
        limit: Int, nowMs: Int64, after underWay: Int = 0, into batch: inout ListBatch
    ) -> Bool {
        batch.removeAll()
        for user in removals { batch.writes.append(.remove(user)) }
        batch.removals = removals.count
        for parting in partings.next(limit: limit) { append(parting, to: &batch) }
        appendLists(of: serving.next(limit: limit - batch.lists, after: underWay), to: &batch)
        if fallbacks.areDue(nowMs: nowMs) {
            fallbacks.append(
                to: &batch.writes, model: model, ranker: &ranker, mayHaveEmptied: mayHaveEmptied)
            batch.hasFallbacks = true
        }
        // Before the mark is written, by which a store is known to hold our lists, nothing is.
        if fallbacks.wereWritten || batch.hasFallbacks {
            for item in similar.due(nowMs: nowMs) { appendNeighbours(of: item, to: &batch) }
        }
        return !batch.writes.isEmpty
    }

    /// The batch is in place, but for the lists of the users in `gone`, which a refresh did not find any more.
    /// `served` is told, for each list, since when its oldest event had waited.
    package mutating func listsWritten(
        _ batch: ListBatch, gone: [Identifier], nowMs: Int64, served: (Int64) -> Void
    ) {
        removals.removeFirst(batch.removals)
        removed += UInt64(batch.removals)
        partings.written(batch.partings)
        serving.written(batch.digests, age: model.age, served: served)
        for user in gone {
            if let row = model.users.row(of: user) { serving.lost(row) }
        }
        similar.written(batch.similar)
        if batch.hasFallbacks { fallbacks.written(nowMs: nowMs) }
    }

    /// The write of the batch failed: some of it may be in place, and all of it is still owed.
    package mutating func listsFailed(_ batch: ListBatch) {
        serving.uncertain(first: batch.served)
    }

    /// Marks some of the users whose list was made from an older model, for when there is nothing better to do.
    /// `false` when there are none: then every list is what the model says now, however it came there.
    package mutating func sweep(rowsMax: Int) -> Bool {
        if serving.sweep(age: model.age, rowsMax: rowsMax) { return true }
        if options.writesSimilar { similar.follow(model.itemsRevision, below: model.items.rowCount) }
        return false
    }

    /// Whether a filter, the catalogue or the limit keeps items off lists that they may have stood on.
    private var mayHaveEmptied: Bool {
        !options.ranking.filter.isEmpty || !model.catalog.unavailable.isEmpty || evictions.itemsAway > 0
    }

    /// The store came back empty: every list must be written again.
    package mutating func listsLost() {
        serving.markAllLost()
        if options.writesSimilar { similar.markAll(below: model.items.rowCount) }
        fallbacks.lost()
    }

    /// It may have waited since before the settings forbade what is on it.
    private mutating func append(_ parting: Parting, to batch: inout ListBatch) {
        batch.partings.insert(parting.list.user)
        batch.changed += 1
        var list = parting.list
        list.entries = ranker.stillListed(list.entries, model: model)
        batch.writes.append(.top(list))
        if let features = parting.features { batch.writes.append(.profile(parting.list.user, features)) }
    }

    private mutating func appendLists(of rows: ArraySlice<UInt32>, to batch: inout ListBatch) {
        var lists: [[TopList.Entry]] = []
        lists.reserveCapacity(rows.count)
        ranker.forEach(rows, model: model) { lists.append($1) }
        for (row, entries) in zip(rows, lists) { append(entries, of: row, to: &batch) }
    }

    private func append(_ entries: [TopList.Entry], of row: UInt32, to batch: inout ListBatch) {
        let entry = serving[row]
        let user = model.users.name(of: row)
        let list = TopList(user: user, entries: entries, eventTimeMs: entry.eventTimeMs, source: entry.source)
        let digest = list.digest
        batch.digests.append(digest)
        guard digest != entry.writtenDigest else {
            batch.writes.append(.refresh(user))
            return
        }
        batch.changed += 1
        batch.writes.append(.top(list))
        if options.writesProfiles { batch.writes.append(.profile(user, model.features(of: row))) }
    }

    /// An empty list is written where all that was on it may not be listed any more.
    mutating func appendNeighbours(of item: UInt32, to batch: inout ListBatch) {
        batch.similar += 1
        guard let entries = ranker.neighbours(of: item, model: model) else { return }
        batch.writes.append(.similar(model.items.name(of: item), entries))
    }
}
