import State

/// How the rating head is kept: a user's scalars and regression stand with the user, an item's scalars with its
/// factors, and the factors of users by themselves, because replay changes them far more often.
extension RatingHead {
    /// Tells the recorder that a step will change both factor rows.
    func keepFactors(user: UInt32, item: UInt32, _ recorder: inout StateRecorder) {
        keepFactors(ofUser: user, &recorder)
        recorder.willChange(.itemFactors, item) { write(item: item, to: &$0) }
    }

    func keepFactors(ofUser user: UInt32, _ recorder: inout StateRecorder) {
        recorder.willChange(.userFactors, user) { writeFactors(ofUser: user, to: &$0) }
    }

    func writeFactors(ofUser row: UInt32, to bytes: inout [UInt8]) {
        bytes.put(userFactors[row], count: factors)
    }

    func write(user row: UInt32, to bytes: inout [UInt8]) {
        users[Int(row)].write(to: &bytes)
        bytes.put(userTastes[row], count: TasteRegression.floats)
    }

    func write(item row: UInt32, to bytes: inout [UInt8]) {
        bytes.put(traits[features: row])
        bytes.put(items[Int(row)])
        bytes.put(itemFactors[row], count: factors)
    }

    func writeCore(to bytes: inout [UInt8]) {
        bytes.put(scale)
        bytes.put(stepsRefused)
        bytes.put(UInt64(reservoir.seen))
        stack.write(to: &bytes)
    }

    mutating func readFactors(ofUser row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        guard row < users.count, row <= userFactors.count else { throw .unexpected }
        userFactors.addZeros(upTo: row)
        try bytes.take(into: userFactors[row], count: factors)
    }

    /// A user's row: the next one, or one that is free.
    mutating func readUser(_ row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        if row == users.count { users.append(RatingUser()) }
        users[Int(row)] = try RatingUser(from: &bytes)
        userTastes.addZeros(upTo: row)
        try bytes.take(into: userTastes[row], count: TasteRegression.floats)
    }

    mutating func readItem(_ row: UInt32, from bytes: inout StateBytes) throws(StateDamage) {
        guard row <= items.count else { throw .unexpected }
        if row == items.count { addItem() }
        let latent = try bytes.take(SIMD8<Float>.self)
        items[Int(row)] = try bytes.take()
        traits[features: row] = items[Int(row)].features(latent: latent)
        try bytes.take(into: itemFactors[row], count: factors)
    }

    mutating func readCore(from bytes: inout StateBytes) throws(StateDamage) {
        scale = try bytes.take()
        stepsRefused = try bytes.take()
        guard let seen = Int(exactly: try bytes.take(UInt64.self)) else { throw .unexpected }
        reservoir.seen = seen
        try stack.read(from: &bytes)
    }
}
