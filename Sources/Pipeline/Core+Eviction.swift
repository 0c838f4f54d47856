package import Events
package import Model
import Ranking
package import State

/// How users leave memory when there are more than fit, and come back with their next event.
extension Core {
    /// What waits for a commit of users who left memory, in bytes: the bound of a worker's turn.
    package var evictedBytes: Int { evicted.bytes }

    /// Last lists of users who left memory that can be written now.
    package var partingCount: Int { partings.count }

    /// The checkpoint under way is safe: what it holds can be read back.
    package mutating func checkpointCommitted() { evicted.committed() }

    /// Sees to it that there is room for a user who is to be learned from, and that whoever was known is back.
    ///
    /// At most two leave for one who comes: a limit that was lowered is reached little by little.
    mutating func admit(
        user: Identifier, _ store: inout some RowRecall & ~Copyable
    ) throws(Trouble) {
        guard store.canRecall, model.users.row(of: user) == nil else { return }
        let known = try takeAway(user, &store)
        for _ in 0..<2 where model.usersAreFull { try evictColdestUser(&store) }
        guard let known else { return }
        evictions.usersReturned += 1
        partings.drop(user)
        try known.span.withUnsafeBytes { (raw) throws(Trouble) in
            try Self.undamaged(.evictedUsers) { () throws(StateDamage) in
                var bytes = StateBytes(raw)
                let entry = try Serving.Entry(from: &bytes)
                let row = try model.restore(user, from: &bytes, recorder: &recorder)
                guard bytes.isAtEnd else { throw .unexpected }
                recorder.willChange(.serving, row) { serving[row].write(to: &$0) }
                serving.restore(row, entry)
            }
        }
    }

    /// The same for an item. One leaves for one that comes; a limit that was lowered only keeps them from growing.
    mutating func admit(item: Identifier, _ store: inout some RowRecall & ~Copyable) throws(Trouble) {
        guard store.canRecall, model.items.row(of: item) == nil else { return }
        let known = evictions.itemsAway == 0 ? nil : try evicted.take(item, of: .evictedItems, &store)
        if model.itemsAreFull { try evictColdestItem(&store) }
        guard let known else { return }
        evictions.itemsAway -= 1
        evictions.itemsReturned += 1
        try known.span.withUnsafeBytes { (raw) throws(Trouble) in
            try Self.undamaged(.evictedItems) { () throws(StateDamage) in
                var bytes = StateBytes(raw)
                try model.restore(item: item, from: &bytes, recorder: &recorder)
                guard bytes.isAtEnd else { throw .unexpected }
            }
        }
    }

    private mutating func evictColdestItem(_ store: inout some RowRecall & ~Copyable) throws(Trouble) {
        let row = model.coldestItem()
        let item = model.items.name(of: row)
        var bytes: [UInt8] = []
        model.evict(item: row, to: &bytes, recorder: &recorder)
        try evicted.put(item, bytes, of: .evictedItems, &store)
        evictions.itemsAway += 1
        evictions.itemsEvicted += 1
    }

    /// What was kept of a user who is not in memory, which is nowhere then; `nil` where nobody of that name was.
    mutating func takeAway(
        _ user: Identifier, _ store: inout some RowRecall & ~Copyable
    ) throws(Trouble) -> [UInt8]? {
        guard evictions.usersAway > 0, let known = try evicted.take(user, of: .evictedUsers, &store) else {
            return nil
        }
        evictions.usersAway -= 1
        return known
    }

    /// The profile in a kept row of `StateTable.evictedUsers`, if this user's is there: for whoever looks into a state
    /// without loading it.
    package static func profile(
        of user: Identifier, inEvictedRow row: UnsafeRawBufferPointer
    ) throws(StateDamage) -> UserProfile? {
        guard let entry = try EvictedRows.entries(of: row).first(where: { $0.name == user }) else {
            return nil
        }
        var bytes = StateBytes(UnsafeRawBufferPointer(rebasing: row[entry.content]))
        _ = try Serving.Entry(from: &bytes)
        return try Model.profile(from: &bytes)
    }

    private mutating func evictColdestUser(_ store: inout some RowRecall & ~Copyable) throws(Trouble) {
        let row = model.coldestUser()
        let user = model.users.name(of: row)
        if serving[row].isOurs { partings.add(parting(of: row)) }
        var bytes: [UInt8] = []
        serving[row].write(to: &bytes)
        recorder.willChange(.serving, row) { serving[row].write(to: &$0) }
        serving.forget(row)
        model.evict(row, to: &bytes, recorder: &recorder)
        try evicted.put(user, bytes, of: .evictedUsers, &store)
        evictions.usersAway += 1
        evictions.usersEvicted += 1
    }

    private mutating func parting(of row: UInt32) -> Parting {
        let entry = serving[row]
        let list = TopList(
            user: model.users.name(of: row), entries: ranker.entries(user: row, model: model),
            eventTimeMs: entry.eventTimeMs, source: entry.source)
        return Parting(list: list, features: options.writesProfiles ? model.features(of: row) : nil)
    }
}
