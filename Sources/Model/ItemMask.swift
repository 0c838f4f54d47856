/// Which items are kept from which users of a block: a bit a user, 4 bytes an item.
package struct ItemMask: ~Copyable {
    package private(set) var count = 0
    private(set) var start = UnsafeMutablePointer<UInt32>.allocate(capacity: 1)
    private var capacity = 1
    /// Rows that are hidden from some users, to be cleared by `showAll`.
    private var touched: [UInt32] = []

    package init() {}

    deinit { start.deallocate() }

    /// Shows every item to every user, for so many items; costs what was hidden, and what is new.
    package mutating func showAll(count wanted: Int) {
        for row in touched { start[Int(row)] = 0 }
        touched.removeAll(keepingCapacity: true)
        if wanted > capacity { grow(to: max(wanted, 2 * capacity)) }
        if wanted > count { (start + count).initialize(repeating: 0, count: wanted - count) }
        count = wanted
    }

    /// Keeps an item from the user in this lane.
    package mutating func hide(_ row: UInt32, from user: Int) {
        mark(row, 1 << UInt32(user))
    }

    /// Keeps an item from all users.
    package mutating func hide(_ row: UInt32) {
        mark(row, .max)
    }

    func isHidden(_ row: UInt32, from user: Int) -> Bool {
        precondition(row < count, "there is no such item")
        return start[Int(row)] >> UInt32(user) & 1 != 0
    }

    private mutating func mark(_ row: UInt32, _ users: UInt32) {
        precondition(row < count, "there is no such item")
        touched.append(row)
        start[Int(row)] |= users
    }

    private mutating func grow(to wanted: Int) {
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: wanted)
        larger.update(from: start, count: count)
        start.deallocate()
        (start, capacity) = (larger, wanted)
    }
}
