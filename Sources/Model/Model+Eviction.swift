package import Events
package import State

/// How users leave memory and come back. Which of them is a function of the log alone: whoever was not learned from for
/// the longest.
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
        try ratingHead.readFactors(ofUser: row, from: &bytes)
        return row
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
