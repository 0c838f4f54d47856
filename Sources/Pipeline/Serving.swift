import Events
import State

/// What is known of each user's list, by user row: the event it must reflect, and what a reader finds now.
struct Serving {
    private(set) var entries: [Entry] = []
    /// Rows whose list must be made anew, in the order in which they became stale.
    private var queue: [UInt32] = []
    /// Rows whose list was owed when the lane went, or when the state was kept: once the lane is ours, they are owed
    /// first of all.
    private var owedBefore: Set<UInt32> = []
    /// The sweep over users whose list knows an older model: where it stands, and how many rows it has yet to see.
    private var sweep = (next: 0, left: 0, age: UInt64(0))

    var staleCount: Int { queue.count }

    /// A row that no event has touched yet is as new.
    subscript(row: UInt32) -> Entry { Int(row) < entries.count ? entries[Int(row)] : Entry() }

    /// Takes back what was known of a row. It is ours once its lane is.
    mutating func restore(_ row: UInt32, _ entry: Entry) {
        grow(to: row)
        entries[Int(row)] = entry
        entries[Int(row)].isOurs = false
    }

    /// Takes back that a row's list was owed.
    mutating func restoreOwed(_ row: UInt32) throws(StateDamage) {
        guard row < entries.count else { throw .unexpected }
        owedBefore.insert(row)
    }

    /// The rows whose list is owed, those of lanes that are not ours now included.
    var owed: [UInt32] { queue + owedBefore.sorted() }

    /// Notes that an event changed this user. Many events by one user coalesce into one list.
    mutating func learned(row: UInt32, source: Position, eventTimeMs: Int64, arrivedMs: Int64?) {
        grow(to: row)
        if !owedBefore.isEmpty { owedBefore.remove(row) }
        entries[Int(row)].note(source, eventTimeMs: eventTimeMs, arrivedMs: arrivedMs)
        mark(row)
    }

    mutating func mark(_ row: UInt32) {
        guard Int(row) < entries.count, !entries[Int(row)].isStale, entries[Int(row)].isOurs else { return }
        entries[Int(row)].isStale = true
        queue.append(row)
    }

    /// The server lost what was written: everybody's list must be written again.
    mutating func markAllLost() {
        for row in entries.indices where entries[row].isKnown {
            entries[row].writtenDigest = 0
            mark(UInt32(row))
        }
    }

    /// These lanes went to another worker, and with them their users: what it writes must not be written over with
    /// what we knew. What was owed to them is lost with the lanes, whose next owner owes it.
    mutating func release(_ lanes: [Lane]) {
        for row in entries.indices where lanes.contains(entries[row].source.lane) {
            entries[row].isOurs = false
            if entries[row].isStale { owedBefore.insert(UInt32(row)) } else { owedBefore.remove(UInt32(row)) }
            entries[row].isStale = false
            entries[row].waitingSinceMs = nil
        }
        queue.removeAll { !entries[Int($0)].isStale }
    }

    /// These lanes are ours, again perhaps: nobody else writes the lists of their users now. What was owed is owed at
    /// once; what the store holds of the others is not known, so the sweep writes them anew.
    mutating func regain(_ lanes: [Lane]) {
        for row in entries.indices where !entries[row].isOurs && lanes.contains(entries[row].source.lane) {
            entries[row].isOurs = true
            entries[row].writtenDigest = 0
            entries[row].ranked(atAge: 0)
            if owedBefore.remove(UInt32(row)) != nil { mark(UInt32(row)) }
        }
        sweep.left = entries.count
    }

    /// The list of this user is gone from the server.
    mutating func lost(_ row: UInt32) {
        entries[Int(row)].writtenDigest = 0
        mark(row)
    }

    /// The user is gone: nothing is owed any more.
    mutating func forget(_ row: UInt32) {
        guard Int(row) < entries.count else { return }
        entries[Int(row)] = Entry()
        queue.removeAll { $0 == row }
        owedBefore.remove(row)
    }

    /// The rows to rank next, oldest first, at most `limit`, behind the first `after`. They stay stale until `written`.
    func next(limit: Int, after: Int = 0) -> ArraySlice<UInt32> {
        queue.dropFirst(after).prefix(limit)
    }

    /// The first rows of the queue are written now: their lists are what a reader finds. Tells for each since when
    /// its oldest event had waited.
    mutating func written(_ digests: [UInt64], age: UInt64, served: (Int64) -> Void) {
        for (row, digest) in zip(queue, digests) {
            entries[Int(row)].writtenDigest = digest
            entries[Int(row)].ranked(atAge: age)
            entries[Int(row)].isStale = false
            if let sinceMs = entries[Int(row)].waitingSinceMs { served(sinceMs) }
            entries[Int(row)].waitingSinceMs = nil
        }
        queue.removeFirst(digests.count)
    }

    /// A write of the first rows failed: what a reader finds now is not known.
    mutating func uncertain(first count: Int) {
        for row in queue.prefix(count) { entries[Int(row)].writtenDigest = 0 }
    }

    /// Marks some users whose list was made from an older model, round and round: what others did changes a list
    /// too. `false` when all lists know the model of this age.
    mutating func sweep(age: UInt64, rowsMax: Int) -> Bool {
        if sweep.age != age { (sweep.age, sweep.left) = (age, entries.count) }
        for _ in 0..<min(sweep.left, rowsMax) {
            if sweep.next >= entries.count { sweep.next = 0 }
            let entry = entries[sweep.next]
            if entry.isKnown, !entry.isRanked(atAge: age) { mark(UInt32(sweep.next)) }
            sweep.next += 1
            sweep.left -= 1
        }
        return !queue.isEmpty || sweep.left > 0
    }

    private mutating func grow(to row: UInt32) {
        while entries.count <= Int(row) { entries.append(Entry()) }
    }
}
