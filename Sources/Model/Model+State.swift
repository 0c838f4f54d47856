package import Events
package import State

/// How a model is kept and comes back: every table that it owns, row by row, to the last bit.
extension Model {
    /// Copies rows of the checkpoint under way that have not changed since it began, until the recorder's chunk holds
    /// `bytesMax`.
    package func copyOwed(bytesMax: Int, recorder: inout StateRecorder) {
        recorder.copyOwed(.users, bytesMax: bytesMax) { write(user: $0, to: &$1) }
        recorder.copyOwed(.userFactors, bytesMax: bytesMax) { ratingHead.writeFactors(ofUser: $0, to: &$1) }
        recorder.copyOwed(.items, bytesMax: bytesMax) { write(item: $0, to: &$1) }
        recorder.copyOwed(.itemFactors, bytesMax: bytesMax) { ratingHead.write(item: $0, to: &$1) }
        recorder.copyOwed(.neighbours, bytesMax: bytesMax) { rankingHead.neighbours.write($0, to: &$1) }
        recorder.copyOwed(.itemVectors, bytesMax: bytesMax) { rankingHead.vectors.write(item: $0, to: &$1) }
        recorder.copyOwed(.popularity, bytesMax: bytesMax) {
            rankingHead.popularity.write(block: $0, to: &$1)
        }
        recorder.copyOwed(.reservoir, bytesMax: bytesMax) { ratingHead.reservoir.write(block: $0, to: &$1) }
    }

    /// Everything that is small and changes with every event.
    package func writeCore(to bytes: inout [UInt8]) {
        bytes.put(dice.state)
        bytes.put(age)
        bytes.put(quality)
        bytes.put(errorDrift)
        bytes.put(ratingDrift)
        catalog.writeCore(to: &bytes)
        ratingHead.writeCore(to: &bytes)
        rankingHead.writeCore(to: &bytes)
        bytes.put(rankingHead.popularity.eras)
    }

    package mutating func readCore(from bytes: inout StateBytes) throws(StateDamage) {
        dice.state = try bytes.take()
        age = try bytes.take()
        quality = try bytes.take()
        errorDrift = try bytes.take()
        ratingDrift = try bytes.take()
        try catalog.readCore(from: &bytes)
        try ratingHead.readCore(from: &bytes)
        try rankingHead.readCore(from: &bytes)
        rankingHead.popularity.restore(eras: try bytes.take())
    }

    /// Takes back a row; the core comes first, then each table in the order of its rows.
    package mutating func read(_ table: StateTable, row: Int64, from raw: UnsafeRawBufferPointer)
        throws(StateDamage)
    {
        guard let row = UInt32(exactly: row) else { throw .unexpected }
        var bytes = StateBytes(raw)
        switch table {
        case .users: try readUser(row, from: &bytes)
        case .userFactors: try ratingHead.readFactors(ofUser: row, from: &bytes)
        case .items: try readItem(row, from: &bytes)
        case .itemFactors: try ratingHead.readItem(row, from: &bytes)
        case .neighbours, .itemVectors, .popularity: try rankingHead.readRow(table, row, from: &bytes)
        case .reservoir: try ratingHead.reservoir.readBlock(from: &bytes)
        case .core, .offsets, .windows, .identities, .tombstones, .serving, .owed, .evictedUsers,
            .evictedItems:
            throw .unexpected
        }
        guard bytes.isAtEnd else { throw .unexpected }
    }

    /// Everything is read: derives what is derived, and checks that the tables fit together.
    ///
    /// - Parameter itemsAway: items that are known and not in memory.
    package mutating func finishReading(itemsAway: Int) throws(StateDamage) {
        let (userCount, itemCount) = (users.rowCount, items.rowCount)
        guard 0..<Self.itemsAwayMax ~= itemsAway,
            rankingHead.neighbours.numbers.restore(readNumbers, count: itemCount + itemsAway)
        else { throw .unexpected }
        readNumbers = []
        guard ratingHead.users.count == userCount, ratingHead.userFactors.count == userCount,
            ratingHead.items.count == itemCount, ratingHead.itemFactors.count == itemCount,
            rankingHead.finishReading(users: userCount, items: itemCount),
            profiles.allSatisfy({ profile in
                profile.learnedAtAge <= age && profile.acts.allSatisfy { $0.item < numbers.count }
            }),
            ratingHead.reservoir.samples.allSatisfy({ $0.user < userCount && $0.item < itemCount })
        else { throw .unexpected }
        for row in 0..<UInt32(itemCount) { describeTraits(of: row) }
    }

    /// More can only be damage: their numbers would take a gigabyte.
    private static let itemsAwayMax = 1 << 28

    /// The profile in a kept row of `StateTable.users`, if the row is this user's: for whoever looks into a state
    /// without loading it.
    package static func profile(
        of user: Identifier, inRow bytes: UnsafeRawBufferPointer
    ) throws(StateDamage) -> UserProfile? {
        var bytes = StateBytes(bytes)
        guard Identifier(try bytes.takeText()) == user else { return nil }
        return try UserProfile(from: &bytes)
    }

    /// The profile with which everything begins that `evict` wrote of a user.
    package static func profile(from bytes: inout StateBytes) throws(StateDamage) -> UserProfile {
        try UserProfile(from: &bytes)
    }

    /// Tells the recorder that a user's row will change.
    // A closure that needs the model would move it, every time: it is made only where a row is owed.
    @inline(__always)
    func keep(user: UInt32, _ recorder: inout StateRecorder) {
        guard recorder.owes(.users, user) else { return }
        recorder.put(.users, Int64(user)) { write(user: user, to: &$0) }
    }

    @inline(__always)
    func keep(item: UInt32, _ recorder: inout StateRecorder) {
        guard recorder.owes(.items, item) else { return }
        recorder.put(.items, Int64(item)) { write(item: item, to: &$0) }
    }

    private func write(user row: UInt32, to bytes: inout [UInt8]) {
        users.write(row, to: &bytes)
        writeValues(ofUser: row, to: &bytes)
        bytes.put(profiles[Int(row)].learnedAtAge)
    }

    func writeValues(ofUser row: UInt32, to bytes: inout [UInt8]) {
        // In place: a copy would count its references up and down.
        profiles.withUnsafeBufferPointer { $0[Int(row)].write(to: &bytes) }
        ratingHead.write(user: row, to: &bytes)
        rankingHead.write(user: row, to: &bytes)
    }

    private func write(item row: UInt32, to bytes: inout [UInt8]) {
        items.write(row, to: &bytes)
        catalog.write(row, to: &bytes)
        bytes.put(numbers.number(of: row))
    }

    private mutating func readUser(_ row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        guard row == users.rowCount else { throw .unexpected }
        try users.readRow(from: &bytes)
        profiles.append(UserProfile())
        try readValues(ofUser: row, from: &bytes)
        profiles[Int(row)].learnedAtAge = try bytes.take()
    }

    /// What is known of a user besides the name and the factors, into a row that is there.
    mutating func readValues(ofUser row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        profiles[Int(row)] = try UserProfile(from: &bytes)
        try ratingHead.readUser(row, from: &bytes)
        try rankingHead.readUser(row, from: &bytes)
    }

    private mutating func readItem(_ row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        guard row == items.rowCount else { throw .unexpected }
        try items.readRow(from: &bytes)
        try catalog.readEntry(row, from: &bytes)
        readNumbers.append(try bytes.take())
    }
}
