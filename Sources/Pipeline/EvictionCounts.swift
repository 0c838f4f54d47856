import State

/// How many left memory and came back; part of the state.
package struct EvictionCounts: Equatable, Sendable {
    /// Out of memory now, and known.
    package internal(set) var usersAway: UInt64 = 0
    package internal(set) var usersEvicted: UInt64 = 0
    package internal(set) var usersReturned: UInt64 = 0

    package internal(set) var itemsAway: UInt64 = 0
    package internal(set) var itemsEvicted: UInt64 = 0
    package internal(set) var itemsReturned: UInt64 = 0

    /// Whether anybody ever left memory.
    package var areThere: Bool { usersEvicted > 0 || itemsEvicted > 0 }

    init() {}

    func write(to bytes: inout [UInt8]) {
        for count in [usersAway, usersEvicted, usersReturned, itemsAway, itemsEvicted, itemsReturned] {
            bytes.put(count)
        }
    }

    init(from bytes: inout StateBytes) throws(StateDamage) {
        usersAway = try bytes.take()
        usersEvicted = try bytes.take()
        usersReturned = try bytes.take()
        itemsAway = try bytes.take()
        itemsEvicted = try bytes.take()
        itemsReturned = try bytes.take()
    }
}
