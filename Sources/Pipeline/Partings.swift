import Events
import Ranking
import State

/// The last lists of users who left memory, until they are written: at most one per user.
///
/// While the list store is away they are kept up to a bound; past it the oldest go, so that learning goes on. Those
/// users are then shown an older list, until their next event or until its time to live ends.
struct Partings {
    private var lists: [Parting] = []
    /// Whose lists wait, in lanes that are ours.
    private var lanes: Set<Lane> = []
    private(set) var dropped: UInt64 = 0
    let listsMax: Int

    init(listsMax: Int) {
        precondition(listsMax > 0)
        self.listsMax = listsMax
    }

    /// Lists that can be written now.
    var count: Int { lists.count { lanes.contains($0.list.source.lane) } }

    mutating func add(_ parting: Parting) {
        if lists.count == listsMax {
            lists.removeFirst()
            dropped += 1
        }
        lists.append(parting)
    }

    /// The user is back, or forgotten: nothing of before is to be written.
    mutating func drop(_ user: Identifier) {
        if !lists.isEmpty { lists.removeAll { $0.list.user == user } }
    }

    mutating func regain(_ lanes: [Lane]) { self.lanes.formUnion(lanes) }

    /// What is owed to users of these lanes waits until the lanes are back.
    mutating func release(_ lanes: [Lane]) { self.lanes.subtract(lanes) }

    /// The oldest that can be written; they are owed until `written`.
    func next(limit: Int) -> [Parting] {
        Array(lists.lazy.filter { lanes.contains($0.list.source.lane) }.prefix(limit))
    }

    mutating func written(_ users: Set<Identifier>) {
        if !users.isEmpty { lists.removeAll { users.contains($0.list.user) } }
    }

    /// Whether each list is of somebody else, and none of whom `isPresent` says to be in memory.
    func isSound(isPresent: (Identifier) -> Bool) -> Bool {
        let users = lists.map(\.list.user)
        return Set(users).count == users.count && !users.contains(where: isPresent)
    }

    func write(to bytes: inout [UInt8]) {
        bytes.put(UInt32(lists.count))
        for parting in lists { parting.write(to: &bytes) }
    }

    mutating func read(from bytes: inout StateBytes) throws(StateDamage) {
        for _ in 0..<(try bytes.takeCount(bytesEach: 37)) { lists.append(try Parting(from: &bytes)) }
    }
}
