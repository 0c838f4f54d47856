package import Events
package import State

/// How users and items leave memory and come back. Which of them is a function of the log alone: the user who was not
/// learned from for the longest, and the item that is wanted the least.
extension Model {
    /// Whether somebody has to leave before a new user can come.
    package var usersAreFull: Bool { users.count >= options.usersMax }

    /// The user who was not learned from for the longest; there is at least one.
    package mutating func coldestUser() -> UInt32 {
        // A row without a user is as warm as it gets: the next user there will be learned from later still.
        coldUsers.find(among: users.rowCount) {
            users.isNamed($0) ? profiles[Int($0)].learnedAtAge : age + 1
        }
    }

    /// Appends everything that is known of a user but the name, and takes it out of memory. The row is left to the
    /// next user, and nothing that others learned changes.
    package mutating func evict(_ user: UInt32, to bytes: inout [UInt8], recorder: inout StateRecorder) {
        writeValues(ofUser: user, to: &bytes)
        ratingHead.writeFactors(ofUser: user, to: &bytes)
        clear(user, recorder: &recorder)
    }

    /// Takes back what `evict` wrote, to the last bit, into a row of `users`.
    package mutating func restore(
        _ user: Identifier, from bytes: inout StateBytes, recorder: inout StateRecorder
    ) throws(StateDamage) -> UInt32 {
        let row = addUser(user, &recorder)
        try readValues(ofUser: row, from: &bytes)
        guard profiles[Int(row)].acts.allSatisfy({ $0.item < numbers.count }) else { throw .unexpected }
        try ratingHead.readFactors(ofUser: row, from: &bytes)
        return row
    }

    package var itemsAreFull: Bool { items.count >= options.itemsMax }

    /// The item that is wanted the least now: first those that nobody ever touched.
    package mutating func coldestItem() -> UInt32 {
        if coldItemsEra != rankingHead.popularity.eras {
            coldItems.reset()
            coldItemsEra = rankingHead.popularity.eras
        }
        return coldItems.find(among: items.rowCount) { rankingHead.popularity.inflated[Int($0)].rank }
    }

    /// Appends everything that is known of an item but the name, and takes it out of memory. What others learned of it
    /// stays with them, under its number. The next item takes the row, at once: a row of items always has a name.
    package mutating func evict(item row: UInt32, to bytes: inout [UInt8], recorder: inout StateRecorder) {
        keep(item: row, &recorder)
        bytes.put(numbers.number(of: row))
        catalog.write(row, to: &bytes)
        ratingHead.write(item: row, to: &bytes)
        rankingHead.write(item: row, to: &bytes)
        catalog.clear(row)
        ratingHead.clear(item: row, recorder: &recorder)
        rankingHead.clear(item: row, recorder: &recorder)
        rankingHead.neighbours.numbers.leave(row)
        items.remove(row)
    }

    /// Takes back what `evict` wrote, to the last bit, into a row of `items`.
    package mutating func restore(
        item: Identifier, from bytes: inout StateBytes, recorder: inout StateRecorder
    ) throws(StateDamage) {
        let number = try bytes.take(UInt32.self)
        guard number < numbers.count, numbers.row(of: number) == nil else { throw .unexpected }
        let row = addItem(item, &recorder)
        rankingHead.neighbours.numbers.enter(number, row)
        try catalog.readEntry(row, from: &bytes)
        try ratingHead.readItem(row, from: &bytes)
        try rankingHead.readItem(row, from: &bytes)
        describeTraits(of: row)
        guard rankingHead.neighbours.isSound(row) else { throw .unexpected }
    }

    /// Leaves a row as that of a user of whom nothing was learned, without a name.
    mutating func clear(_ user: UInt32, recorder: inout StateRecorder) {
        keep(user: user, &recorder)
        profiles[Int(user)] = UserProfile()
        ratingHead.forget(user: user, recorder: &recorder)
        rankingHead.forget(user: user)
        users.remove(user)
    }
}

extension Float {
    /// A number that is larger for a larger `Float`.
    fileprivate var rank: UInt64 {
        let isNegative = bitPattern >> 31 == 1
        return UInt64(isNegative ? ~bitPattern : bitPattern | 1 << 31)
    }
}
